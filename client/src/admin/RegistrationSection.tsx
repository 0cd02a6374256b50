import { REGISTRATION_MODES, SECOND_FACTOR_RULES, type AdminSettings, type RegistrationMode, type SecondFactorRule } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { OptionGroup } from './OptionGroup.tsx'

const JOINING: Record<RegistrationMode, { title: string; text: string }> = {
  open: { title: 'Everybody', text: 'Whoever reaches this server can open an account, as a member.' },
  invitation: { title: 'People with an invitation', text: 'A new account needs a link that an administrator made.' },
  closed: { title: 'Nobody', text: 'No new accounts. Invitation links rest until this is changed.' },
}
const SECOND_STEP: Record<SecondFactorRule, { title: string; text: string }> = {
  nobody: { title: 'Whoever wants to', text: 'An authenticator app or a passkey is each person’s own choice.' },
  administrators: { title: 'Administrators', text: 'Administrators without one set it up before anything else.' },
  everyone: { title: 'Everyone', text: 'Whoever has none sets one up before they can read or write here. Lost phones will be yours to help with.' },
}

/** Who may open an account, and what a sign-in takes. A choice counts at once. */
export function RegistrationSection() {
  const { call } = useServer()
  const [settings, setSettings] = useState<AdminSettings>()
  const [note, setNote] = useState<{ text: string; wrong: boolean }>()
  useEffect(() => {
    void call<AdminSettings>('GET', '/api/auth/admin/settings').then((answer) => {
      if (answer.ok) setSettings(answer.value)
      else setNote({ text: answer.message, wrong: true })
    })
  }, [call])

  async function choose(wanted: Partial<AdminSettings>): Promise<void> {
    if (settings === undefined) return
    setSettings({ ...settings, ...wanted })
    setNote(undefined)
    const answer = await call<AdminSettings>('PUT', '/api/auth/admin/settings', wanted)
    setSettings(answer.ok ? answer.value : settings)
    setNote(answer.ok ? { text: 'Saved.', wrong: false } : { text: answer.code === 'second_factor_missing' ? 'Set up a second step of your own first, under Settings, Security.' : answer.message, wrong: true })
  }

  return (
    <div className="admin-section">
      {settings !== undefined && (
        <>
          <OptionGroup title="Who may open an account" value={settings.registration} options={REGISTRATION_MODES} words={JOINING} onChange={(registration) => void choose({ registration })} />
          <OptionGroup title="Who needs a second step to sign in" value={settings.secondFactor} options={SECOND_FACTOR_RULES} words={SECOND_STEP} onChange={(secondFactor) => void choose({ secondFactor })} />
        </>
      )}
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {note.text}
        </p>
      )}
    </div>
  )
}
