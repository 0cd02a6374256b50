import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import ipaddr from 'ipaddr.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveName } from './resolve-name.ts'

const TYPES: Readonly<Record<number, 'A' | 'AAAA'>> = { 1: 'A', 28: 'AAAA' }

describe('a name', () => {
  let server: Socket
  let asked: string[]
  let names: Record<string, { A?: string[]; AAAA?: string[] }>
  beforeEach(async () => {
    asked = []
    names = {}
    server = createSocket('udp4', (question, { port }) => {
      const { name, type, end } = readQuestion(question)
      asked.push(`${type} ${name}`)
      if (name !== 'silent.example.org') server.send(answerTo(question, end, names[name]?.[type] ?? []), port, '127.0.0.1')
    })
    server.bind(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(() => server.close())
  const resolve = (name: string): Promise<string[]> => resolveName(name, [`127.0.0.1:${server.address().port}`])

  it('has all its addresses, those of IPv4 first', async () => {
    names['page.example.org'] = { A: ['1.1.1.1', '10.0.0.1'], AAAA: ['2606:4700::1111'] }
    names['six.example.org'] = { AAAA: ['::1'] }
    expect((await resolve('page.example.org')).sort()).toEqual(['1.1.1.1', '10.0.0.1', '2606:4700::1111'])
    expect(await resolve('six.example.org')).toEqual(['::1'])
    expect(asked.sort()).toEqual(['A page.example.org', 'A six.example.org', 'AAAA page.example.org', 'AAAA six.example.org'])
  })

  it('that nobody knows, or whose server says nothing, has none', async () => {
    await expect(resolve('none.example.org')).rejects.toThrow('no address')
    await expect(resolve('silent.example.org')).rejects.toThrow('no address')
  }, 10_000)

  it('of the hosts file of this machine is asked for like any other', async () => {
    const own = readFileSync('/etc/hosts', 'utf8').match(/^127\.\S+\s+(\S+)/m)?.[1] ?? 'localhost'
    names[own] = { A: ['1.1.1.1'] }
    expect(await resolve(own)).toEqual(['1.1.1.1'])
  })
})

function readQuestion(question: Buffer): { name: string; type: 'A' | 'AAAA'; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.'), type: TYPES[question.readUInt16BE(at + 1)] ?? 'A', end: at + 5 }
}

/** A positive answer, perhaps without any address, as a name server writes it. */
function answerTo(question: Buffer, end: number, addresses: readonly string[]): Buffer {
  const answer = Buffer.from(question.subarray(0, end))
  answer.writeUInt16BE(0x8180, 2)
  answer.writeUInt16BE(addresses.length, 6)
  answer.writeUInt16BE(0, 10)
  const records = addresses.map((address) => {
    const bytes = Buffer.from(ipaddr.parse(address).toByteArray())
    const head = Buffer.from([0xc0, 12, 0, bytes.length === 4 ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, bytes.length])
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat([answer, ...records])
}
