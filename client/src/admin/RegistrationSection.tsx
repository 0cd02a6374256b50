import { REGISTRATION_MODES, SECOND_FACTOR_RULES, type AdminSettings, type RegistrationMode, type SecondFactorRule } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { said, sentence, type Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { OptionGroup } from './OptionGroup.tsx'

const JOINING: Record<RegistrationMode, { title: PlainKey; text: PlainKey }> = {
  open: { title: 'admin.joinOpen', text: 'admin.joinOpenText' },
  invitation: { title: 'admin.joinInvitation', text: 'admin.joinInvitationText' },
  closed: { title: 'admin.joinClosed', text: 'admin.joinClosedText' },
}
const SECOND_STEP: Record<SecondFactorRule, { title: PlainKey; text: PlainKey }> = {
  nobody: { title: 'admin.stepNobody', text: 'admin.stepNobodyText' },
  administrators: { title: 'admin.stepAdministrators', text: 'admin.stepAdministratorsText' },
  everyone: { title: 'admin.stepEveryone', text: 'admin.stepEveryoneText' },
}

/** Who may open an account, and what a sign-in takes. A choice counts at once. */
export function RegistrationSection() {
  const { call } = useServer()
  const [settings, setSettings] = useState<AdminSettings>()
  const [note, setNote] = useState<{ says: Sentence; wrong: boolean }>()
  useEffect(() => {
    void call<AdminSettings>('GET', '/api/auth/admin/settings').then((answer) => {
      if (answer.ok) setSettings(answer.value)
      else setNote({ says: answer.says, wrong: true })
    })
  }, [call])

  async function choose(wanted: Partial<AdminSettings>): Promise<void> {
    if (settings === undefined) return
    setSettings({ ...settings, ...wanted })
    setNote(undefined)
    const answer = await call<AdminSettings>('PUT', '/api/auth/admin/settings', wanted)
    setSettings(answer.ok ? answer.value : settings)
    setNote(answer.ok ? { says: sentence('common.saved'), wrong: false } : { says: answer.code === 'second_factor_missing' ? sentence('admin.ownStepFirst') : answer.says, wrong: true })
  }

  return (
    <div className="admin-section">
      {settings !== undefined && (
        <>
          <OptionGroup title={t('admin.whoMayJoin')} value={settings.registration} options={REGISTRATION_MODES} words={JOINING} onChange={(registration) => void choose({ registration })} />
          <OptionGroup title={t('admin.whoNeedsStep')} value={settings.secondFactor} options={SECOND_FACTOR_RULES} words={SECOND_STEP} onChange={(secondFactor) => void choose({ secondFactor })} />
        </>
      )}
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {said(note.says)}
        </p>
      )}
    </div>
  )
}
