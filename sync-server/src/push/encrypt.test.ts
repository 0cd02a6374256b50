import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PushReceiver } from '../testing/push-receiver.ts'
import { arePushKeys, encryptPush, PUSH_TEXT_BYTES } from './encrypt.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

/** RFC 8291, Appendix A. */
const EXAMPLE = {
  text: 'When I grow up, I want to be a watermelon',
  senderPrivate: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
  receiverPrivate: bytes('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94'),
  receiverPublic: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
  auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

describe('a push message', () => {
  it('of the example in RFC 8291 is encrypted to exactly what stands there, and read back', () => {
    const body = encryptPush(Buffer.from(EXAMPLE.text), { p256dh: EXAMPLE.receiverPublic, auth: EXAMPLE.auth }, { salt: EXAMPLE.salt, privateKey: EXAMPLE.senderPrivate })
    expect(body.toString('base64url')).toBe(EXAMPLE.body)
    const receiver = new PushReceiver({ privateKey: EXAMPLE.receiverPrivate, auth: EXAMPLE.auth })
    expect(receiver.keys.p256dh).toEqual(EXAMPLE.receiverPublic)
    expect(receiver.decrypt(bytes(EXAMPLE.body)).toString()).toBe(EXAMPLE.text)
  })

  it('is read by its browser alone, and never looks the same twice', () => {
    const [receiver, other] = [new PushReceiver(), new PushReceiver()]
    const [one, two] = [encryptPush(Buffer.from('hello'), receiver.keys), encryptPush(Buffer.from('hello'), receiver.keys)]
    expect([one, two].map((body) => receiver.decrypt(body).toString())).toEqual(['hello', 'hello'])
    expect(one.equals(two)).toBe(false)
    expect(() => other.decrypt(one)).toThrow('authenticate')
    one[one.length - 20] = (one.at(-20) ?? 0) ^ 1
    expect(() => receiver.decrypt(one)).toThrow('authenticate')
  })

  it('may be filled up, so that short and long texts are of one length', () => {
    const receiver = new PushReceiver()
    const bodies = ['a', 'b'.repeat(200), ''].map((text) => encryptPush(Buffer.from(text), receiver.keys, { padTo: 1_024 }))
    expect(new Set(bodies.map(({ length }) => length)).size).toBe(1)
    expect(bodies.map((body) => receiver.decrypt(body).toString())).toEqual(['a', 'b'.repeat(200), ''])
  })

  it('has at most the 4 096 bytes that every push service takes', () => {
    const receiver = new PushReceiver()
    const body = encryptPush(randomBytes(PUSH_TEXT_BYTES), receiver.keys)
    expect(body.length).toBe(4_096)
    expect(() => encryptPush(randomBytes(PUSH_TEXT_BYTES + 1), receiver.keys)).toThrow('does not fit')
  })
})

describe('keys of a subscription', () => {
  const good = new PushReceiver().keys
  const offCurve = Buffer.from(good.p256dh)
  offCurve[64] = (offCurve[64] ?? 0) ^ 1
  const compressed = Buffer.concat([Buffer.from([2 + ((good.p256dh[64] ?? 0) & 1)]), good.p256dh.subarray(1, 33)])

  it('are taken as browsers make them', () => {
    expect(arePushKeys(good)).toBe(true)
  })

  it.each([
    ['a point that is not on the curve', { ...good, p256dh: offCurve }],
    ['the point at infinity', { ...good, p256dh: Buffer.alloc(65) }],
    ['zeros behind a 4', { ...good, p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64)]) }],
    ['a compressed point', { ...good, p256dh: compressed }],
    ['a point that is cut', { ...good, p256dh: good.p256dh.subarray(0, 64) }],
    ['a point with something behind it', { ...good, p256dh: Buffer.concat([good.p256dh, Buffer.alloc(1)]) }],
    ['nothing', { p256dh: Buffer.alloc(0), auth: Buffer.alloc(0) }],
    ['a short secret', { ...good, auth: good.auth.subarray(1) }],
    ['a long secret', { ...good, auth: Buffer.alloc(17) }],
  ])('are refused: %s', (_what, keys) => {
    expect(arePushKeys(keys)).toBe(false)
  })
})
