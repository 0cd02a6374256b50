import Popover from '@mui/material/Popover'
import { useState } from 'react'
import type { PersonView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { nameList } from '../ui/name-list.ts'
import './read-by.css'

const SHOWN = 5

/** The people who have read up to this message and no further, as small faces; the list of their names opens from them. Takes no room of its own, so that nothing moves when somebody reads on. */
export function ReadBy({ people }: { people: readonly PersonView[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  if (people.length === 0) return null
  const more = people.length - SHOWN
  const label = t('timeline.seenBy', { people: nameList(people.map((person) => person.displayName), SHOWN) })
  return (
    <>
      <button type="button" className="read-by" tabIndex={-1} aria-label={label} title={label} aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
        {people.slice(0, SHOWN).map((person) => (
          <PersonAvatar key={person.id} id={person.id} name={person.displayName} avatar={person.avatar} size={16} />
        ))}
        {more > 0 && <span className="read-by-more">+{more}</span>}
      </button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('timeline.seenByTitle') } }}
      >
        <ul className="read-by-list">
          {people.map((person) => (
            <li key={person.id} className="read-by-person">
              <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={28} />
              <span className="ellipsis">{person.displayName}</span>
            </li>
          ))}
        </ul>
      </Popover>
    </>
  )
}
