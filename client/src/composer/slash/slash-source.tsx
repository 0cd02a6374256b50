import { t } from '../../i18n/translate.ts'
import type { CompletionSource } from '../completions.ts'
import './slash-source.css'
import { commandsFor, type SlashPlace } from './slash-commands.ts'

/** Commands, at the very beginning of the text. */
export function slashSource(place: SlashPlace): CompletionSource {
  return {
    name: 'composer.commands',
    trigger: '/',
    place: 'text',
    query: /[a-z]{0,20}/i,
    find: (query) => {
      const wanted = query.toLowerCase()
      const found = commandsFor(place).filter((command) => command.name.startsWith(wanted))
      // Typed to its end it needs no help.
      if (found.length === 1 && found[0]?.name === wanted) return []
      return found.map((command) => ({
        key: command.name,
        insert: `/${command.name}`,
        row: (
          <>
            <span className="completions-name">/{command.name}</span>
            {command.args !== undefined && <span className="completions-more slash-args">{t(command.args)}</span>}
            <span className="completions-more ellipsis">{t(command.help)}</span>
          </>
        ),
      }))
    },
  }
}
