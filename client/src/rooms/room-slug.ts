/** A room's name as one word, as it stands after `#` in messages: lower case, letters and digits, all else as dashes. */
export function roomSlug(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
}
