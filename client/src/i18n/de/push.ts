import type { push as english } from '../en/push.ts'
import type { Translated } from '../words.ts'

export const push: Translated<typeof english> = {
  titleOfMany_one: '{{place}} ({{count}} neue)',
  titleOfMany_other: '{{place}} ({{count}} neue)',
  textBy: '{{name}}: {{text}}',
  hiddenText: 'Neue Nachricht',
  hiddenTextBy: 'Neue Nachricht von {{name}}',
}
