import { perLocale } from '../i18n/format.ts'

const tenths = perLocale((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }))

/** "512 B", "3.4 kB", "12.0 MB": for people, in powers of ten. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${tenths().format(bytes / 1_000)} kB` : `${tenths().format(bytes / 1_000_000)} MB`
}
