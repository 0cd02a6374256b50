import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions, useMe } from '../../app/chat-context.tsx'
import { t } from '../../i18n/translate.ts'
import { Field } from '../../ui/Field.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { checkNames } from '../checks.ts'
import { useForm } from '../use-form.ts'

/** Display name and username. */
export function NamesForm() {
  const me = useMe()
  const { rename } = useActions()
  const [saved, setSaved] = useState(false)
  const form = useForm({ displayName: me.displayName, username: me.username }, checkNames, async (values) => {
    const result = await rename({ displayName: values.displayName.trim(), username: values.username.trim() })
    setSaved(result.ok)
    return result
  })
  const changed = form.values.displayName.trim() !== me.displayName || form.values.username.trim() !== me.username
  return (
    <form className="form setting-group" noValidate onSubmit={form.submit}>
      <h3 className="setting-title">{t('settings.names')}</h3>
      <Field
        label={t('settings.displayName')}
        value={form.values.displayName}
        onChange={form.set('displayName')}
        error={form.errors['displayName']}
        hint={t('settings.displayNameHint')}
        inputProps={{ name: 'displayName', autoComplete: 'name' }}
      />
      <Field
        label={t('settings.username')}
        value={form.values.username}
        onChange={form.set('username')}
        error={form.errors['username']}
        hint={t('settings.usernameHint')}
        inputProps={{ name: 'username', autoComplete: 'username', autoCapitalize: 'off', spellCheck: false }}
      />
      <FormError>{form.message}</FormError>
      <div className="setting-actions">
        <Button type="submit" variant="contained" disabled={!changed} aria-busy={form.busy}>
          {t('settings.saveNames')}
        </Button>
        <span className="text-2" role="status">
          {saved && !changed ? t('common.saved') : ''}
        </span>
      </div>
    </form>
  )
}
