import { describe, expect, test } from 'vitest'
import { colourOf } from './initials.ts'
import { TOKENS } from './tokens.ts'

const SURFACES = ['surface', 'side', 'raised', 'hover', 'sideHover', 'code', 'highlight', 'accentSoft'] as const
/** What stands on the soft colour of its own meaning. */
const OWN = [['danger', 'dangerSoft'], ['warn', 'warnSoft'], ['accent', 'accentSoft'], ['accentInk', 'accent'], ['accentInk', 'accentHover'], ['surface', 'ink']] as const

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('in the %s theme', (scheme) => {
  const tokens = TOKENS[scheme]

  test('text of every rank has 4.5 to 1 on every surface', () => {
    const weak = SURFACES.flatMap((surface) => (['ink', 'ink2', 'ink3', 'accent', 'danger', 'warn'] as const).map((text) => ({ text, surface, ratio: contrast(tokens[text], tokens[surface]) })))
    expect(weak.filter(({ ratio }) => ratio < 4.5)).toEqual([])
    expect(OWN.map(([text, ground]) => ({ text, ground, ratio: contrast(tokens[text], tokens[ground]) })).filter(({ ratio }) => ratio < 4.5)).toEqual([])
  })

  test('edges of controls, dots of presence and the ring of the focus have 3 to 1 on every surface', () => {
    const weak = SURFACES.flatMap((surface) => (['control', 'online', 'away', 'accent'] as const).map((sign) => ({ sign, surface, ratio: contrast(tokens[sign], tokens[surface]) })))
    expect(weak.filter(({ ratio }) => ratio < 3)).toEqual([])
  })
})

test('initials have 4.5 to 1 on the colour of every person', () => {
  const colours = new Set(Array.from({ length: 500 }, (_, n) => colourOf(`person-${n}`)))
  expect(colours.size).toBeGreaterThan(5)
  expect([...colours].filter((colour) => contrast('#ffffff', colour) < 4.5)).toEqual([])
})
