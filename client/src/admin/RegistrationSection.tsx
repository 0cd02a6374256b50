import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import { REGISTRATION_MODES, type AdminSettings, type RegistrationMode } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'

const WORDS: Record<RegistrationMode, { title: string; text: string }> = {
  open: { title: 'Everybody', text: 'Whoever reaches this server can open an account, as a member.' },
  invitation: { title: 'People with an invitation', text: 'A new account needs a link that an administrator made.' },
  closed: { title: 'Nobody', text: 'No new accounts. Invitation links rest until this is changed.' },
}

/** Who may open an account. A choice counts at once. */
export function RegistrationSection() {
  const { call } = useServer()
  const [mode, setMode] = useState<RegistrationMode>()
  const [note, setNote] = useState<{ text: string; wrong: boolean }>()
  useEffect(() => {
    void call<AdminSettings>('GET', '/api/auth/admin/settings').then((answer) => {
      if (answer.ok) setMode(answer.value.registration)
      else setNote({ text: answer.message, wrong: true })
    })
  }, [call])

  async function choose(wanted: RegistrationMode): Promise<void> {
    const before = mode
    setMode(wanted)
    setNote(undefined)
    const answer = await call<AdminSettings>('PUT', '/api/auth/admin/settings', { registration: wanted })
    if (!answer.ok) setMode(before)
    setNote(answer.ok ? { text: 'Saved.', wrong: false } : { text: answer.message, wrong: true })
  }

  return (
    <section className="admin-section">
      <h3 className="setting-title" id="registration-title">
        Who may open an account
      </h3>
      {mode !== undefined && (
        <RadioGroup aria-labelledby="registration-title" value={mode} onChange={(_event, value) => void choose(value as RegistrationMode)}>
          {REGISTRATION_MODES.map((value) => (
            <FormControlLabel
              key={value}
              className="admin-option"
              value={value}
              control={<Radio size="small" slotProps={{ input: { 'aria-label': WORDS[value].title, 'aria-describedby': `registration-${value}` } }} />}
              label={
                <span className="admin-lines">
                  <span className="admin-option-title">{WORDS[value].title}</span>
                  <span id={`registration-${value}`} className="text-2">
                    {WORDS[value].text}
                  </span>
                </span>
              }
            />
          ))}
        </RadioGroup>
      )}
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {note.text}
        </p>
      )}
    </section>
  )
}
