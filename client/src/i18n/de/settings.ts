import type { settings as english } from '../en/settings.ts'
import type { Translated } from '../words.ts'

export const settings: Translated<typeof english> = {
  allDevices: 'Gilt für alle deine Geräte.',
  thisDevice: 'Gilt für dieses Gerät.',
  // appearance
  languageOfBrowserText: 'Die erste Sprache deines Browsers, die es hier gibt.',
  theme: 'Farben',
  density: 'Dichte',
  comfortable: 'Bequem',
  compact: 'Kompakt',
  compactText: 'Kleinere Bilder und weniger Abstand: mehr Nachrichten auf dem Bildschirm.',
  clock: 'Uhrzeit',
  clockOfDevice: 'Wie auf diesem Gerät üblich',
  clock24: '24 Stunden',
  clock12: '12 Stunden',
}
