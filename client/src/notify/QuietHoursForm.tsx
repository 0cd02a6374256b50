import type { QuietHours } from '@chatflow/shared/notify/quiet-hours'
import Button from '@mui/material/Button'
import Switch from '@mui/material/Switch'
import ToggleButton from '@mui/material/ToggleButton'
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup'
import { useId } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { SETTINGS } from '../chat/settings.ts'
import { perLocale } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { fromTimeInput, ownZone, toTimeInput, usualHours } from './quiet-choices.ts'
import './notify-settings.css'

/** From Monday on. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const
/** A Sunday, in the zone that the names are made for. */
const SUNDAY = Date.UTC(2026, 0, 4)
const dayNames = perLocale((locale) => {
  const names = (weekday: 'short' | 'long') => {
    const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' })
    return [0, 1, 2, 3, 4, 5, 6].map((day) => format.format(SUNDAY + day * 86_400_000))
  }
  return { short: names('short'), long: names('long') }
})

/** When it is quiet every week. Each change holds at once. */
export function QuietHoursForm() {
  const id = useId()
  const { setSetting } = useActions()
  const hours = useChatState((state) => state.preferences.quietHours) ?? usualHours()
  const set = (change: Partial<QuietHours>) => void setSetting(SETTINGS.quietHours, { ...hours, ...change })
  const setTime = (name: 'from' | 'to', value: string) => {
    const minute = fromTimeInput(value)
    // A field that is being emptied says nothing yet.
    if (minute !== undefined) set({ [name]: minute })
  }
  return (
    <>
      <label className="setting-switch quiet-weekly" htmlFor={id}>
        {t('notifications.everyWeek')}
        <Switch id={id} checked={hours.on} onChange={(_, on) => set(on ? { on, zone: ownZone() } : { on })} />
      </label>
      {hours.on && (
        <div className="quiet-hours">
          <ToggleButtonGroup className="quiet-days" size="small" value={hours.days} aria-label={t('notifications.days')} onChange={(_, days: number[]) => set({ days: days.toSorted((a, b) => a - b) })}>
            {WEEK.map((day) => (
              <ToggleButton key={day} value={day} title={dayNames().long[day] ?? ''}>
                {dayNames().short[day]}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <div className="quiet-times">
            <Field type="time" label={t('notifications.quietFrom')} value={toTimeInput(hours.from)} onChange={(value) => setTime('from', value)} />
            <Field type="time" label={t('notifications.quietTo')} value={toTimeInput(hours.to)} onChange={(value) => setTime('to', value)} />
          </div>
          <p className="text-2">
            {hours.to <= hours.from ? t('notifications.zoneNextDay', { zone: hours.zone }) : t('notifications.zone', { zone: hours.zone })}
          </p>
          {hours.zone !== ownZone() && (
            <Button size="small" onClick={() => set({ zone: ownZone() })}>
              {t('notifications.useOwnZone', { zone: ownZone() })}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
