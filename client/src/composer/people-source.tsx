import CampaignRounded from '@mui/icons-material/CampaignRounded'
import type { PersonView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import type { Completion, CompletionSource } from './completions.ts'

const SHOWN = 6

/** People of the room after `@`; `everyone`: for those who may mention all of them at once. */
export function peopleSource(people: readonly PersonView[], everyone: boolean): CompletionSource {
  // Whose account is gone cannot be mentioned.
  const named = people.filter((person) => person.username !== '')
  return {
    name: 'composer.people',
    trigger: '@',
    query: /[a-z0-9._-]{0,32}/i,
    find: (query) => [...find(named, query.toLowerCase()).map(completionOf), ...(everyone && query !== 'room' && 'room'.startsWith(query.toLowerCase()) ? [everyoneCompletion()] : [])],
  }
}

function everyoneCompletion(): Completion {
  return {
    key: 'room',
    insert: '@room',
    row: (
      <>
        <CampaignRounded className="completions-sign" />
        <span className="completions-name">@room</span>
        <span className="completions-more ellipsis">{t('composer.everyone')}</span>
      </>
    ),
  }
}

function completionOf(person: PersonView): Completion {
  return {
    key: person.id,
    insert: `@${person.username}`,
    row: (
      <>
        <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={24} />
        <span className="completions-name ellipsis">{person.displayName}</span>
        <span className="completions-more ellipsis">@{person.username}</span>
      </>
    ),
  }
}

/** Names that begin with the query come before those that hold it. An exact username needs no help. */
function find(people: readonly PersonView[], query: string): PersonView[] {
  if (people.some((person) => person.username.toLowerCase() === query)) return []
  const begins = (person: PersonView) => person.username.toLowerCase().startsWith(query) || person.displayName.toLowerCase().startsWith(query)
  const holds = (person: PersonView) => `${person.username} ${person.displayName}`.toLowerCase().includes(query)
  return [...people.filter(begins), ...people.filter((person) => !begins(person) && holds(person))].slice(0, SHOWN)
}
