import { expect, it } from 'vitest'
import { serviceName } from './push-words.ts'

it.each([
  ['fcm.googleapis.com', 'Chrome'],
  ['jmt17.google.com', 'Chromium'],
  ['updates.push.services.mozilla.com', 'Firefox'],
  ['web.push.apple.com', 'Safari'],
  ['wns2-par02p.notify.windows.com', 'Edge'],
  ['push.example.org', 'push.example.org'],
  ['notgoogleapis.com', 'notgoogleapis.com'],
])('a subscription at %s belongs to %s', (host, name) => {
  expect(serviceName(host)).toBe(name)
})
