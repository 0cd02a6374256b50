import CloseRounded from '@mui/icons-material/CloseRounded'
import type { DirectoryUser } from '@chatflow/shared/api/chat'
import Autocomplete from '@mui/material/Autocomplete'
import InputBase from '@mui/material/InputBase'
import { useEffect, useId, useState } from 'react'
import { useActions, useMe } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import './people-picker.css'

/** A pause in the typing after which people are looked up. */
const PAUSE_MS = 150

interface Props {
  label: string
  value: DirectoryUser[]
  onChange(people: DirectoryUser[]): void
  /** Ids of people who are not offered. Oneself never is. */
  without?: readonly string[]
  hint?: string
  autoFocus?: boolean
}

/** Chooses people by typing part of a name. */
export function PeoplePicker({ label, value, onChange, without = [], hint, autoFocus = false }: Props) {
  const id = useId()
  const me = useMe()
  const { findUsers } = useActions()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ query: string; people: DirectoryUser[] }>()

  useEffect(() => {
    let wanted = true
    const timer = setTimeout(
      () => {
        findUsers(query).then(
          (people) => wanted && setFound({ query, people }),
          () => wanted && setFound({ query, people: [] }),
        )
      },
      query === '' ? 0 : PAUSE_MS,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [query, findUsers])

  const offered = (found?.people ?? []).filter((person) => person.id !== me.id && !without.includes(person.id))
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <Autocomplete
        id={id}
        multiple
        openOnFocus
        forcePopupIcon={false}
        options={offered}
        value={value}
        loading={found?.query !== query}
        clearText={t('rooms.takeAllOut')}
        closeText={t('common.close')}
        openText={t('rooms.showPeople')}
        loadingText={t('rooms.looking')}
        noOptionsText={query === '' ? t('rooms.nobodyElse') : t('rooms.nobodyCalled', { query })}
        filterOptions={(people) => people}
        filterSelectedOptions
        getOptionLabel={(person) => person.displayName}
        isOptionEqualToValue={(a, b) => a.id === b.id}
        onChange={(_, people) => onChange(people)}
        inputValue={query}
        onInputChange={(_, text) => setQuery(text)}
        getOptionKey={(person) => person.id}
        renderOption={({ key, ...props }, person) => (
          <li key={key} {...props}>
            <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={28} />
            <span className="picker-name ellipsis">{person.displayName}</span>
            <span className="text-3">@{person.username}</span>
          </li>
        )}
        renderValue={(people, getItemProps) =>
          people.map((person, index) => {
            const { onDelete } = getItemProps({ index })
            return (
              <span key={person.id} className="picker-chosen">
                <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={20} />
                {person.displayName}
                <button type="button" aria-label={t('rooms.takeOut', { name: person.displayName })} onClick={(event) => onDelete(event)}>
                  <CloseRounded fontSize="small" />
                </button>
              </span>
            )
          })
        }
        renderInput={(params) => (
          <InputBase
            {...params.slotProps.input}
            className={`${params.slotProps.input.className} field-input`}
            fullWidth
            autoFocus={autoFocus}
            placeholder={value.length === 0 ? t('rooms.typeName') : ''}
            slotProps={{ input: { ...params.slotProps.htmlInput, id } }}
          />
        )}
      />
      {hint !== undefined && <p className="field-note">{hint}</p>}
    </div>
  )
}
