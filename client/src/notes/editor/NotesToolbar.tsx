import ChecklistRounded from '@mui/icons-material/ChecklistRounded'
import CodeRounded from '@mui/icons-material/CodeRounded'
import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded'
import FormatBoldRounded from '@mui/icons-material/FormatBoldRounded'
import FormatIndentDecreaseRounded from '@mui/icons-material/FormatIndentDecreaseRounded'
import FormatIndentIncreaseRounded from '@mui/icons-material/FormatIndentIncreaseRounded'
import FormatItalicRounded from '@mui/icons-material/FormatItalicRounded'
import FormatListBulletedRounded from '@mui/icons-material/FormatListBulletedRounded'
import FormatListNumberedRounded from '@mui/icons-material/FormatListNumberedRounded'
import HorizontalRuleRounded from '@mui/icons-material/HorizontalRuleRounded'
import LinkRounded from '@mui/icons-material/LinkRounded'
import RedoRounded from '@mui/icons-material/RedoRounded'
import StrikethroughSRounded from '@mui/icons-material/StrikethroughSRounded'
import UndoRounded from '@mui/icons-material/UndoRounded'
import ListItemText from '@mui/material/ListItemText'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import Tooltip from '@mui/material/Tooltip'
import type { Command } from 'prosemirror-state'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ComponentType, KeyboardEvent } from 'react'
import { strokeWords } from '../../app/keys.ts'
import type { Stroke } from '../../app/keys.ts'
import { t } from '../../i18n/translate.ts'
import type { PlainKey } from '../../i18n/words.ts'
import { indent, insertRule, setStyle, toggle } from './commands.ts'
import type { BlockStyle } from './commands.ts'
import type { EditorLook } from './create-editor.ts'

interface Props {
  look: EditorLook
  run(command: Command): void
  undo(): void
  redo(): void
  askLink(): void
  focusText(): void
}

/** Those of the menu; lists have buttons of their own. */
const STYLES = ['paragraph', 'heading1', 'heading2', 'heading3', 'quote', 'codeBlock'] as const satisfies readonly BlockStyle[]

interface ToolButton {
  name: PlainKey
  icon: ComponentType<{ 'aria-hidden': 'true' }>
  stroke?: Stroke
  press(): void
  /** Of a switch: whether it is on. */
  on?: boolean
  off?: boolean
  /** A new group begins. */
  first?: boolean
}

/** One stop for Tab; the arrow keys go from button to button. */
export function NotesToolbar({ look, run, undo, redo, askLink, focusText }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const [menu, setMenu] = useState<HTMLElement | null>(null)
  const mark = (name: 'bold' | 'italic' | 'strike' | 'code') => ({ on: look.marks.includes(name), off: look.style === 'codeBlock', press: () => run(toggle(name)) })
  const list = (style: 'bullet' | 'ordered' | 'task') => ({ on: look.style === style, press: () => run(setStyle(style)) })
  const inMenu = STYLES.find((style) => style === look.style)
  const buttons: ToolButton[] = [
    { name: 'notes.bold', icon: FormatBoldRounded, stroke: { key: 'b', mod: true }, first: true, ...mark('bold') },
    { name: 'notes.italic', icon: FormatItalicRounded, stroke: { key: 'i', mod: true }, ...mark('italic') },
    { name: 'notes.strike', icon: StrikethroughSRounded, stroke: { key: 'x', mod: true, shift: true }, ...mark('strike') },
    { name: 'notes.code', icon: CodeRounded, stroke: { key: 'e', mod: true }, ...mark('code') },
    { name: 'notes.link', icon: LinkRounded, stroke: { key: 'u', mod: true, shift: true }, on: look.link !== undefined, off: look.style === 'codeBlock', press: askLink },
    { name: 'notes.bullet', icon: FormatListBulletedRounded, stroke: { key: '8', mod: true, shift: true }, first: true, ...list('bullet') },
    { name: 'notes.ordered', icon: FormatListNumberedRounded, stroke: { key: '7', mod: true, shift: true }, ...list('ordered') },
    { name: 'notes.task', icon: ChecklistRounded, stroke: { key: '9', mod: true, shift: true }, ...list('task') },
    { name: 'notes.nearer', icon: FormatIndentDecreaseRounded, off: !look.inList, press: () => run(indent(-1)) },
    { name: 'notes.further', icon: FormatIndentIncreaseRounded, off: !look.inList, press: () => run(indent(1)) },
    { name: 'notes.rule', icon: HorizontalRuleRounded, press: () => run(insertRule) },
    { name: 'notes.undo', icon: UndoRounded, stroke: { key: 'z', mod: true }, off: !look.canUndo, press: undo, first: true },
    { name: 'notes.redo', icon: RedoRounded, stroke: { key: 'z', mod: true, shift: true }, off: !look.canRedo, press: redo },
  ]

  function onKeyDown(event: KeyboardEvent): void {
    const last = buttons.length
    const next = { ArrowRight: current === last ? 0 : current + 1, ArrowLeft: current === 0 ? last : current - 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setCurrent(next)
    bar.current?.querySelectorAll<HTMLElement>('.notes-tool')[next]?.focus()
  }

  const style = inMenu === undefined ? t('notes.styleMixed') : t(`notes.${inMenu}`)
  return (
    <div ref={bar} className="notes-toolbar" role="toolbar" aria-label={t('notes.toolbar')} onKeyDown={onKeyDown} tabIndex={-1}>
      <button
        type="button"
        className="notes-tool notes-tool-style"
        tabIndex={current === 0 ? 0 : -1}
        aria-haspopup="menu"
        aria-expanded={menu !== null}
        aria-label={inMenu === undefined ? t('notes.styleMixed') : t('notes.style', { style })}
        onFocus={() => setCurrent(0)}
        onClick={(event) => setMenu(event.currentTarget)}
      >
        <span className="ellipsis">{style}</span>
        <ExpandMoreRounded aria-hidden="true" />
      </button>
      {buttons.map(({ name, icon: Icon, stroke, press, on, off = false, first = false }, i) => (
        <Tooltip key={name} title={stroke === undefined ? t(name) : `${t(name)} (${strokeWords(stroke).join(' ')})`}>
          <button
            type="button"
            className={first ? 'notes-tool notes-tool-first' : 'notes-tool'}
            tabIndex={current === i + 1 ? 0 : -1}
            aria-label={t(name)}
            aria-pressed={on}
            aria-disabled={off || undefined}
            onFocus={() => setCurrent(i + 1)}
            // The text keeps its focus, and on a phone its keyboard.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              if (!off) press()
            }}
          >
            <Icon aria-hidden="true" />
          </button>
        </Tooltip>
      ))}
      <Menu open={menu !== null} anchorEl={menu} onClose={() => setMenu(null)}>
        {STYLES.map((name, i) => (
          <MenuItem
            key={name}
            selected={name === look.style}
            onClick={() => {
              // Closed at once: it gives the focus back to its button before the text takes it.
              flushSync(() => setMenu(null))
              if (name !== look.style) run(setStyle(name))
              else focusText()
            }}
          >
            <ListItemText className={`notes-style-${name}`} primary={t(`notes.${name}`)} />
            {i < 4 && (
              <span className="notes-keys" aria-hidden="true">
                {strokeWords({ key: String(i), mod: true, alt: true }).join(' ')}
              </span>
            )}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
