import { readFileSync } from 'node:fs'
import { dictionary } from '@zxcvbn-ts/language-common'

/** The 20 000 most frequent of at least 10 characters that were found in breaches, in lower case, the most frequent first (docs/decisions/passwords.md). */
export const BREACHED: readonly string[] = readFileSync(new URL('./breached-passwords.txt', import.meta.url), 'utf8').trimEnd().split('\n')
const COMMON = new Set([...(dictionary['passwords-common'] as readonly string[]), ...BREACHED])
/** What people write for letters. */
const LOOKALIKES: Record<string, string> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }
/** So much may be hung onto a common password before it counts as one's own. */
const TRIMMINGS = 5
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/**
 * True for a password of the lists, whatever its case, also with a few digits or signs around it or look-alikes for letters
 * (`P4ssword2024!`), and for one that only repeats itself or follows a row of keys. Attackers try these first.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  return forms(lower).some((form) => COMMON.has(form)) || isRepetition(lower) || isRow(lower)
}

function forms(lower: string): string[] {
  const core = lower.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const trimmed = core.length >= 4 && lower.length - core.length <= TRIMMINGS ? [core] : []
  const all = [lower, lower.replace(/[^a-z]{1,5}$/, ''), ...trimmed].filter((form) => form.length >= lower.length - TRIMMINGS)
  return all.flatMap((form) => [form, form.replaceAll(/[013457@$!]/g, (sign) => LOOKALIKES[sign] ?? sign)])
}

/** `aaaaaaaaaa`, `abcabcabcabc`, `passwordpassword`. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= text.length / 2; size++) {
    const unit = text.slice(0, size)
    if ((size <= 4 || COMMON.has(unit)) && unit.repeat(Math.ceil(text.length / size)).startsWith(text)) return true
  }
  return false
}

/** `1234567890`, `zyxwvutsrq`, `qwertyuiopasdf`. */
function isRow(text: string): boolean {
  const rows = ROWS.join('')
  const doubled = [rows, ROWS.slice(2).join(''), ...ROWS.map((row) => row + row)]
  const backwards = Array.from(text).reverse().join('')
  return doubled.some((row) => row.includes(text) || row.includes(backwards))
}
