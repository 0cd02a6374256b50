import { formatList, formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'

/** "1 member", "12 members": English alone, for folders whose texts are not in the catalogs yet. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}

/** "Ana", "Ana and Bo", "Ana, Bo and 3 others" */
export function nameList(names: readonly string[], shown = 2): string {
  return formatList(names.length <= shown ? names : [...names.slice(0, shown), t('common.others', { count: names.length - shown })])
}
