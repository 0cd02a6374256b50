import { growth, STEEP } from '@chatflow/shared/testing/growth'
import { describe, expect, it } from 'vitest'
import { deviceLabel } from './device-label.ts'

describe('the label of a device', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Windows', 'Firefox 131'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36', 'Linux', 'Chrome 126'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15', 'macOS', 'Safari 17'],
    ['Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1', 'iPad', 'Safari 16'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36', 'Android', 'Chrome 126'],
  ])('of %s is %s, %s', (userAgent, device, browser) => {
    expect(deviceLabel(userAgent)).toEqual({ device, browser })
  })

  it.each([undefined, '', '<script>alert(1)</script>', 'a'.repeat(100_000), '(('.repeat(5_000)])('says nothing of what names no browser', (userAgent) => {
    const { device, browser } = deviceLabel(userAgent)
    expect(device + browser).toMatch(/^[\w ]{0,60}$/)
  })

  it.each(['a', '((', 'Chrome/1 '])('costs no more for longer texts of %j', (part) => {
    expect(growth((size) => () => deviceLabel(part.repeat(size)), 50_000)).toBeLessThan(STEEP)
  })
})
