import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands'
import { keymap } from 'prosemirror-keymap'
import type { Command, Plugin } from 'prosemirror-state'
import { indent, insertBreak, loosen, setStyle, splitOrLeave, toggle, type BlockStyle } from './commands.ts'
import type { PadBinding } from './pad-binding.ts'

const STYLES: Readonly<Record<string, BlockStyle>> = {
  'Mod-Alt-0': 'paragraph',
  'Mod-Alt-1': 'heading1',
  'Mod-Alt-2': 'heading2',
  'Mod-Alt-3': 'heading3',
  'Mod-Shift-7': 'ordered',
  'Mod-Shift-8': 'bullet',
  'Mod-Shift-9': 'task',
}

/** Keys of the editor. Tab moves items of lists and otherwise the focus, so that nobody is caught in the text. */
export function padKeys(binding: PadBinding, askLink: () => void): Plugin[] {
  const undo: Command = () => binding.undo()
  const redo: Command = () => binding.redo()
  const link: Command = () => {
    askLink()
    return true
  }
  return [
    keymap({
      ...Object.fromEntries(Object.entries(STYLES).map(([key, style]) => [key, setStyle(style)])),
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Mod-b': toggle('bold'),
      'Mod-i': toggle('italic'),
      'Mod-Shift-x': toggle('strike'),
      'Mod-e': toggle('code'),
      'Mod-Shift-u': link,
      Tab: indent(1),
      'Shift-Tab': indent(-1),
      Enter: splitOrLeave,
      Backspace: loosen,
      'Shift-Enter': insertBreak,
      'Mod-Enter': chainCommands(exitCode, insertBreak),
    }),
    keymap(baseKeymap),
  ]
}
