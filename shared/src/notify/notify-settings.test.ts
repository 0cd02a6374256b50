import { expect, it } from 'vitest'
import { levelKey, NOTIFY_KEYS, readNotifySettings } from './notify-settings.ts'

const room = '01890a5d-ac96-774b-bcce-b302099a8057'
const hours = { on: true, days: [1], from: 0, to: 60, zone: 'UTC' }
const of = (settings: Record<string, unknown>, of?: string) => readNotifySettings((key) => settings[key], of)

it('nothing set means every message, with sound and text', () => {
  expect(of({})).toEqual({ forAll: 'all', sound: true, hideText: false })
})

it('what is set is read, and the level of the room that is asked about', () => {
  const set = { [NOTIFY_KEYS.level]: 'mentions', [levelKey(room)]: 'none', [NOTIFY_KEYS.sound]: false, [NOTIFY_KEYS.hideText]: true, [NOTIFY_KEYS.quietUntil]: 5, [NOTIFY_KEYS.quietHours]: hours }
  expect(of(set, room)).toEqual({ forAll: 'mentions', own: 'none', sound: false, hideText: true, until: 5, hours })
  expect(of(set)).not.toHaveProperty('own')
})

it('what is unknown counts as not set', () => {
  expect(of({ notify: 'keywords', [levelKey(room)]: 7, 'notify.sound': 'no', 'notify.hideText': 1, 'dnd.until': 'noon', 'dnd.hours': { ...hours, zone: 'Nowhere' } }, room)).toEqual(of({}))
})
