/** A stretch of time, ms since the epoch; `until` is no part of it. */
export interface Span {
  from: number
  until: number
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const HOUR = 3_600_000

/** Does the platform know this time zone (IANA name, like `Europe/Berlin`)? */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The day, month or year that `2026-03-01`, `2026-03`, `2026`, `today` or `yesterday` names in a time zone; undefined if it names none. */
export function spanOf(value: string, now: number, timeZone: string): Span | undefined {
  const word = value.toLowerCase()
  if (word === 'today' || word === 'yesterday') {
    const { year, month, day } = localDate(now, timeZone)
    const shift = word === 'today' ? 0 : -1
    return { from: startOf(year, month, day + shift, timeZone), until: startOf(year, month, day + shift + 1, timeZone) }
  }
  const [, y, m, d] = DATE.exec(word) ?? []
  if (y === undefined) return undefined
  const year = Number(y)
  const month = m === undefined ? 1 : Number(m)
  const day = d === undefined ? 1 : Number(d)
  const named = new Date(Date.UTC(year, month - 1, day))
  if (year < 1970 || named.getUTCMonth() !== month - 1 || named.getUTCDate() !== day) return undefined
  const after: [number, number, number] = m === undefined ? [year + 1, 1, 1] : d === undefined ? [year, month + 1, 1] : [year, month, day + 1]
  return { from: startOf(year, month, day, timeZone), until: startOf(...after, timeZone) }
}

/** When a day begins. Where clocks are put forward at midnight that is not at 0:00. */
function startOf(year: number, month: number, day: number, timeZone: string): number {
  const wanted = Date.UTC(year, month - 1, day)
  let time = wanted - offsetAt(wanted, timeZone)
  time = wanted - offsetAt(time, timeZone)
  return time + offsetAt(time, timeZone) < wanted ? time + HOUR : time
}

/** How far the clocks of a time zone are ahead of UTC, ms. */
function offsetAt(time: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localDate(time, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000
}

function localDate(time: number, timeZone: string) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') }
}
