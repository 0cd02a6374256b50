import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { t } from '../../i18n/translate.ts'

/** Previews of links, for whoever would rather read without. */
export function PreviewsSetting() {
  const id = useId()
  const { setSetting } = useActions()
  const { offered, on } = useChatState((state) => ({ offered: state.linkPreviews, on: state.preferences.previews }))
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.links')}</h3>
      <p className="text-2">{offered ? t('settings.allDevices') : t('settings.noPreviews')}</p>
      <label className="setting-row" htmlFor={id}>
        <span>{t('settings.showPreviews')}</span>
        <Switch
          id={id}
          checked={on}
          onChange={(_event, wanted) => void setSetting(SETTINGS.previews, wanted)}
          slotProps={{ input: { role: 'switch', 'aria-label': t('settings.showPreviews') } }}
        />
      </label>
    </section>
  )
}
