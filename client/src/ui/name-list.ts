import { formatList } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'

/** "Ana", "Ana and Bo", "Ana, Bo and 3 others" */
export function nameList(names: readonly string[], shown = 2): string {
  return formatList(names.length <= shown ? names : [...names.slice(0, shown), t('common.others', { count: names.length - shown })])
}
