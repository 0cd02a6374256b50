import { Transformer } from '@napi-rs/image'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { EXIF_TURNED, greyPng, pngChunk, twoColours, withSegment } from '../testing/pictures.ts'
import { inspectImage } from './inspect-image.ts'
import { reencode as reencodeTo } from './reencode.ts'

const reencode = (bytes: Uint8Array): Promise<Buffer> => reencodeTo(bytes, { width: 256, height: 256 })

const SECRET = 'planted-place-48.2082N'

async function pixelsOf(webp: Buffer): Promise<{ at(x: number, y: number): number[] }> {
  const raw = await new Transformer(webp).rawPixels()
  const channels = raw.length / 256 / 256
  return { at: (x, y) => [...raw.subarray((y * 256 + x) * channels, (y * 256 + x) * channels + 3)] }
}
const isRed = ([red = 0, , blue = 0]: number[]): boolean => red > 200 && blue < 60
const isBlue = ([red = 0, , blue = 0]: number[]): boolean => blue > 200 && red < 60

describe('a picture', () => {
  it.each([
    ['PNG', () => twoColours(600, 400).png()],
    ['JPEG', () => twoColours(600, 400).jpeg(90)],
    ['WebP', () => twoColours(600, 400).webp(90)],
    ['lossless WebP', () => twoColours(600, 400).webpLossless()],
    ['small PNG', () => twoColours(16, 10).png()],
    ['PNG of one pixel', async () => greyPng(1, 1)],
  ])('that is a %s becomes a WebP of 256 x 256', async (_name, make) => {
    expect(imageSize(await reencode(await make()))).toMatchObject({ type: 'webp', width: 256, height: 256 })
  })

  it('has the size that was asked for, whatever its own form', async () => {
    expect(imageSize(await reencodeTo(await twoColours(600, 100).png(), { width: 192, height: 144 }))).toMatchObject({ type: 'webp', width: 192, height: 144 })
  })

  it('is cut to its middle', async () => {
    const pixels = await pixelsOf(await reencode(await twoColours(600, 200).png()))
    expect(isRed(pixels.at(100, 128))).toBe(true)
    expect(isBlue(pixels.at(156, 128))).toBe(true)
  })

  it('stands upright, as its camera says', async () => {
    const pixels = await pixelsOf(await reencode(withSegment(await twoColours(400, 400).jpeg(90), 0xe1, EXIF_TURNED)))
    expect(isRed(pixels.at(128, 40))).toBe(true)
    expect(isBlue(pixels.at(128, 216))).toBe(true)
  })

  it.each([
    ['EXIF', async () => withSegment(await twoColours(40, 40).jpeg(90), 0xe1, Buffer.concat([EXIF_TURNED, Buffer.from(SECRET)]))],
    ['a comment', async () => withSegment(await twoColours(40, 40).jpeg(90), 0xfe, Buffer.from(SECRET))],
    ['a text chunk', async () => greyPng(40, 40, [pngChunk('tEXt', Buffer.from(`Comment\0${SECRET}`))])],
    ['a page behind its end', async () => Buffer.concat([greyPng(40, 40), Buffer.from(`<html><script>${SECRET}</script></html>`)])],
  ])('loses %s', async (_name, make) => {
    const file = await make()
    expect(file.includes(SECRET)).toBe(true)
    const image = await reencode(file)
    expect(image.includes(SECRET)).toBe(false)
    expect(image.includes('EXIF')).toBe(false)
    expect(image.includes('script')).toBe(false)
  })
})

const whole = await twoColours(600, 400).jpeg(80)
const startOfFrame = whole.indexOf(Buffer.from([0xff, 0xc0]))
const patched = (file: Buffer, at: number, bytes: number[]): Buffer => {
  const copy = Buffer.from(file)
  copy.set(bytes, at)
  return copy
}

/** Files that are no picture, or no picture that may be decoded. */
const HOSTILE: [string, () => Buffer | Promise<Buffer>][] = [
  ['nothing', () => Buffer.alloc(0)],
  ['one byte', () => Buffer.from([0xff])],
  ['text', () => Buffer.from('hello')],
  ['zeros', () => Buffer.alloc(100_000)],
  ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"/>')],
  ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['a page that begins like a GIF', () => Buffer.from('GIF89a/*<script>alert(1)</script>*/=1')],
  ['a page that begins like a PNG', () => Buffer.concat([greyPng(9, 9).subarray(0, 16), Buffer.from('<script>alert(1)</script>')])],
  ['a page that begins like a JPEG', () => Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from('<script>alert(1)</script>')])],
  ['a whole GIF, which is not among what is taken', () => Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')],
  ['a whole BMP, which is not among what is taken', () => twoColours(9, 9).bmp()],
  ['a whole TIFF, which is not among what is taken', () => twoColours(9, 9).tiff()],
  ['a PNG of 400 megapixels in 50 kB', () => greyPng(20_000, 20_000)],
  ['a PNG just above 40 megapixels', () => greyPng(8_000, 5_001)],
  ['a PNG of one line, longer than any screen', () => greyPng(2_000_000, 1)],
  ['a JPEG that says it has 3600 megapixels', () => patched(whole, startOfFrame + 5, [0xea, 0x60, 0xea, 0x60])],
  ['a JPEG with a second, larger frame', () => Buffer.concat([whole.subarray(0, startOfFrame + 19), patched(whole.subarray(startOfFrame, startOfFrame + 19), 5, [0xea, 0x60, 0xea, 0x60]), whole.subarray(startOfFrame + 19)])],
  ['a JPEG of no height', () => patched(whole, startOfFrame + 5, [0, 0])],
  ['a JPEG that breaks off in its pixels', () => whole.subarray(0, whole.length - 100)],
  ['a JPEG that breaks off, with a whole preview inside', () => withSegment(whole, 0xe1, Buffer.from('ffd8ffd9', 'hex')).subarray(0, whole.length - 100)],
  ['a JPEG that is all segments', () => Buffer.concat([Buffer.from('ffd8', 'hex'), ...Array.from({ length: 20_000 }, () => Buffer.from('fffe0002', 'hex'))])],
  ['a PNG that breaks off', async () => (await twoColours(600, 400).png()).subarray(0, 500)],
  ['a PNG whose pixels were changed', async () => patched(await twoColours(600, 400).png(), 60, [1, 2, 3, 4, 5, 6, 7, 8])],
  ['a WebP that breaks off', async () => (await twoColours(600, 400).webp(90)).subarray(0, 200)],
  ['a WebP that says it is small around a large one', async () => patched(await twoColours(600, 400).webpLossless(), 21, [0xff, 0xff, 0xff, 0x0f])],
]

describe('what is no picture', () => {
  it.each(HOSTILE)('is refused by name: %s', async (_name, make) => {
    const file = await make()
    await expect((async () => reencode(file))()).rejects.toMatchObject({ code: 'image_invalid' })
  })

  it('does not keep the next one waiting', async () => {
    const wrong = (await twoColours(600, 400).png()).subarray(0, 500)
    const results = await Promise.allSettled([reencode(wrong), reencode(greyPng(9, 9)), reencode(wrong), reencode(greyPng(9, 9))])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('may have up to 40 megapixels, and that is seen without decoding', () => {
    expect(() => inspectImage(greyPng(8_000, 5_000))).not.toThrow()
    // Only the beginning is there: whoever decoded it would fail.
    expect(() => inspectImage(greyPng(8_000, 5_000).subarray(0, 60))).not.toThrow()
  })
})

it('pictures that come all at once are told to come again beyond twenty', async () => {
  const results = await Promise.allSettled(Array.from({ length: 25 }, () => (async () => reencode(greyPng(9, 9)))()))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'unavailable', retryAfter: 2 })
})
