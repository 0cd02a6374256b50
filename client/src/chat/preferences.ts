import { readLanguageChoice } from '../i18n/languages.ts'
import { readNotifySettings } from '@chatflow/shared/notify/notify-settings'
import type { Density, HourCycle, Preferences } from './views.ts'
import { SETTINGS } from './settings.ts'

const DENSITIES: readonly Density[] = ['comfortable', 'compact']
const TONES: readonly number[] = [0, 1, 2, 3, 4, 5]
const HOURS: readonly HourCycle[] = ['system', '12', '24']

/** What the person has set. Anything unknown, from a newer version say, counts as not set. */
export function readPreferences(setting: (key: string) => unknown): Preferences {
  const { forAll, sound, hideText, until, hours } = readNotifySettings(setting)
  return {
    notify: forAll,
    density: DENSITIES.find((value) => value === setting(SETTINGS.density)) ?? 'comfortable',
    hours: HOURS.find((value) => value === setting(SETTINGS.hours)) ?? 'system',
    language: readLanguageChoice(setting(SETTINGS.language)),
    showPresence: setting(SETTINGS.showPresence) !== false,
    showReceipts: setting(SETTINGS.showReceipts) !== false,
    recentEmoji: readStrings(setting(SETTINGS.recentEmoji)),
    skinTone: TONES.find((value) => value === setting(SETTINGS.skinTone)) ?? 0,
    previews: setting(SETTINGS.previews) !== false,
    sound,
    hideText,
    quietUntil: until,
    quietHours: hours,
  }
}

const MOST_EMOJI = 50

function readStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, MOST_EMOJI) : []
}
