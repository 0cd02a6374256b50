import { rootCertificates, setDefaultCACertificates } from 'node:tls'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { createMemoryLimits } from '@chatflow/server-kit/memory-limits'
import { EXIF_TURNED, greyPng, twoColours, withSegment } from '@chatflow/server-kit/testing/pictures'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TEST_CERTIFICATE } from '../testing/test-certificate.ts'
import { testGuard, WebServer } from '../testing/web-server.ts'
import { fetchPreview } from './fetch-preview.ts'
import type { Guard } from '../outgoing/guard.ts'
import { strictGuard } from '../outgoing/guard.ts'
import { createTurnstile } from './turnstile.ts'

let web: WebServer
beforeEach(async () => {
  web = await WebServer.start()
})
afterEach(() => web.close())

const fetch = (path: string, guard: Guard = testGuard([web.port]), withinMs?: number) =>
  fetchPreview(path.startsWith('http') ? path : `http://page.example.org:${web.port}${path}`, { guard, turnstile: createTurnstile(undefined), signal: new AbortController().signal }, withinMs)
const redirect = (to: string, status = 302) => (answer: ServerResponse) => void answer.writeHead(status, { location: to }).end()

describe('a page', () => {
  it('says its title, its description, its site, and shows its picture, made anew', async () => {
    web.at('/a', '<!doctype html><head><title>Plain</title><meta property="og:title" content="Harbour &amp; lights"><meta name="description" content="What\n we  saw"><meta property="og:site_name" content="The Coast"><meta property="og:image" content="/p.jpg"></head>')
    const secret = 'planted-place-48.2082N'
    const picture = withSegment(await twoColours(800, 400).jpeg(90), 0xe1, Buffer.concat([EXIF_TURNED, Buffer.from(secret)]))
    web.at('/p.jpg', (answer) => void answer.setHeader('content-type', 'image/jpeg').end(picture))
    const { image, ...said } = await fetch('/a')
    expect(said).toEqual({ title: 'Harbour & lights', description: 'What we saw', site: 'The Coast' })
    expect(image?.subarray(8, 12).toString()).toBe('WEBP')
    expect(image?.includes(secret)).toBe(false)
  })

  it('is told who asks, and nothing of who reads', async () => {
    web.at('/a', (answer) => void answer.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'id=1' }).end('<title>A</title><meta property="og:image" content="/p.png">'))
    await fetch('/a')
    await fetch('/a?b=c')
    expect(web.paths).toEqual(['/a', '/p.png', '/a?b=c', '/p.png'])
    for (const { headers } of web.asked) {
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
      expect(headers['user-agent']).toBe('ChatFlow/1.0 (link previews)')
      expect(headers.host).toBe(`page.example.org:${web.port}`)
    }
  })

  it.each([
    ['another type', (answer: ServerResponse) => answer.setHeader('content-type', 'application/pdf').end('<title>A</title>'), 'type'],
    ['no type', (answer: ServerResponse) => answer.end('<title>A</title>'), 'type'],
    ['a picture', (answer: ServerResponse) => answer.setHeader('content-type', 'image/png').end(greyPng(9, 9)), 'type'],
    ['a type that only begins like it', (answer: ServerResponse) => answer.setHeader('content-type', 'text/htmlx').end('<title>A</title>'), 'type'],
    ['an error', (answer: ServerResponse) => answer.writeHead(500, { 'content-type': 'text/html' }).end('<title>A</title>'), 'status'],
    ['nothing changed', (answer: ServerResponse) => answer.writeHead(304).end(), 'status'],
    ['no title', (answer: ServerResponse) => answer.setHeader('content-type', 'text/html').end('<p>A</p>'), 'no_title'],
    ['a title of blanks', (answer: ServerResponse) => answer.setHeader('content-type', 'text/html').end('<title> \n\u200b\u202e </title>'), 'no_title'],
    ['an encoding that nobody knows', (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'zstd' }).end('<title>A</title>'), 'encoding'],
    ['two encodings', (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('<title>A</title>'))), 'encoding'],
    ['what is not in its encoding', (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('<title>A</title>'), 'broken'],
    ['a connection that breaks off', (answer: ServerResponse) => answer.destroy(), 'broken'],
    ['a body that breaks off in its head', (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }).write('<title>A', () => answer.destroy()), 'broken'],
    ['too many headers', (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/html', 'x-long': 'x'.repeat(20_000) }).end('<title>A</title>'), 'broken'],
  ])('that answers with %s gets no preview', async (_what, page, reason) => {
    web.at('/a', (answer) => void page(answer))
    await expect(fetch('/a')).rejects.toMatchObject({ reason })
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('may be compressed: %s', async (encoding, compress) => {
    web.at('/a', (answer) => void answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(compress('<title>Small</title>')))
    expect(await fetch('/a')).toEqual({ title: 'Small' })
  })

  it('is read to the end of its head and no further, however long it is', async () => {
    const hungUp = Promise.withResolvers<number>()
    let sent = 0
    web.at('/a', (answer) => {
      answer.setHeader('content-type', 'text/html').write('<head><title>Long</title></head>')
      const more = (): void => {
        if (answer.destroyed) hungUp.resolve(sent)
        else sent += answer.write('x'.repeat(65_536), () => setImmediate(more)) ? 65_536 : 0
      }
      more()
    })
    expect(await fetch('/a')).toEqual({ title: 'Long' })
    expect(await hungUp.promise).toBeLessThan(64 * 1_048_576)
  })

  it('without an end is read to half a megabyte, and what was there counts', async () => {
    const hungUp = Promise.withResolvers<void>()
    web.at('/a', (answer) => {
      answer.once('close', () => hungUp.resolve())
      answer.setHeader('content-type', 'text/html').write('<title>Endless</title>')
      const more = (): void => void (answer.destroyed || answer.write('<!-- -->'.repeat(8_192), () => setImmediate(more)))
      more()
    })
    expect(await fetch('/a')).toEqual({ title: 'Endless' })
    await hungUp.promise
  })

  it.each([
    ['gzip', gzipSync],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('that unfolds without end (%s) costs no more than any other', async (encoding, compress) => {
    const bomb = compress(Buffer.concat([Buffer.from('<title>Bomb</title>'), Buffer.alloc(100_000_000, 32)]))
    expect(bomb.length).toBeLessThan(300_000)
    web.at('/a', (answer) => void answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(bomb))
    const before = process.memoryUsage().rss
    expect(await fetch('/a')).toEqual({ title: 'Bomb' })
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000)
  })

  it('that says little in much compressed data is cut off as well', async () => {
    web.at('/a', (answer) => {
      answer.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      // Empty blocks: a stream that never says anything.
      const header = gzipSync('').subarray(0, 10)
      const empty = Buffer.from('000000ffff', 'hex')
      answer.write(header)
      const more = (): void => void (answer.destroyed || answer.write(Buffer.concat(Array.from({ length: 8_192 }, () => empty)), () => setImmediate(more)))
      more()
    })
    await expect(fetch('/a')).rejects.toMatchObject({ reason: 'no_title' })
  })

  it('that is longer than it says is read as long as it says', async () => {
    web.at('/a', (answer) => void answer.socket?.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 16\r\n\r\n<title>A</title><meta property="og:title" content="B">'))
    expect(await fetch('/a')).toEqual({ title: 'A' })
  })

  it.each([
    ['headers', (answer: ServerResponse) => void answer],
    ['a body', (answer: ServerResponse) => void answer.setHeader('content-type', 'text/html').write('<title>A')],
    [
      'drops',
      (answer: ServerResponse) => {
        answer.setHeader('content-type', 'text/html')
        const drop = setInterval(() => answer.write(' '), 50)
        answer.once('close', () => clearInterval(drop))
      },
    ],
  ])('whose %s never come is given up after its time', async (_what, page) => {
    const closed = Promise.withResolvers<void>()
    web.at('/a', (answer) => {
      answer.once('close', () => closed.resolve())
      page(answer)
    })
    await expect(fetch('/a', undefined, 300)).rejects.toMatchObject({ reason: 'timeout' })
    await closed.promise
  })

  it('is given up at once when the server stops', async () => {
    const stop = new AbortController()
    web.at('/a', () => stop.abort())
    await expect(fetchPreview(`http://page.example.org:${web.port}/a`, { guard: testGuard([web.port]), turnstile: createTurnstile(undefined), signal: stop.signal })).rejects.toMatchObject({ reason: 'timeout' })
  })
})

describe('a redirect', () => {
  it('is followed, three times at most', async () => {
    web.at('/1', redirect('/2', 301))
    web.at('/2', redirect('3?x', 307))
    web.at('/3', redirect(`http://other.example.org:${web.port}/4`, 308))
    web.at('/4', '<title>There</title><meta property="og:image" content="p.png">')
    expect(await fetch('/1')).toEqual({ title: 'There' })
    expect(web.asked.map(({ url, headers }) => `${headers.host?.split(':')[0]}${url}`)).toEqual(['page.example.org/1', 'page.example.org/2', 'page.example.org/3?x', 'other.example.org/4', 'other.example.org/p.png'])
    web.at('/0', redirect('/1'))
    await expect(fetch('/0')).rejects.toMatchObject({ reason: 'redirects' })
  })

  it('to itself ends', async () => {
    web.at('/a', redirect('/a'))
    web.at('/b', redirect(''))
    await expect(fetch('/a')).rejects.toMatchObject({ reason: 'redirects' })
    await expect(fetch('/b')).rejects.toMatchObject({ reason: 'redirects' })
    expect(web.asked).toHaveLength(8)
  })

  it.each([
    ['http://10.0.0.1/', 'private_address'],
    ['http://[::1]/', 'private_address'],
    ['http://2130706434/', 'private_address'],
    ['//169.254.169.254/latest/meta-data/', 'private_address'],
    ['http://localhost/', 'host'],
    ['http://page.example.org:22/', 'port'],
    ['http://user@page.example.org/', 'credentials'],
    ['https://chat.example.org/', 'own_host'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://page.example.org/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://%00/', 'address'],
  ])('to %s is refused like a link to it', async (to, reason) => {
    web.at('/a', redirect(to))
    await expect(fetch('/a')).rejects.toMatchObject({ reason })
    expect(web.paths).toEqual(['/a'])
  })
})

describe('a name', () => {
  it('is looked up once for each request, and what was checked is what is connected to', async () => {
    const looked: string[] = []
    // First the public address that the check wants, then one of this machine: as a name server would whose owner wants to be let in.
    const rebinding = testGuard([web.port], async (name) => {
      looked.push(name)
      return looked.length === 1 ? ['127.0.0.1'] : ['10.0.0.1']
    })
    web.at('/a', '<title>A</title>')
    expect(await fetch('/a', rebinding)).toEqual({ title: 'A' })
    expect(looked).toEqual(['page.example.org'])
    web.at('/b', redirect('/a'))
    looked.length = 0
    await expect(fetch('/b', rebinding)).rejects.toMatchObject({ reason: 'private_address' })
    expect(looked).toHaveLength(2)
  })

  it('that never resolves is given up', async () => {
    await expect(fetch('/a', testGuard([web.port], () => new Promise(() => undefined)), 300)).rejects.toMatchObject({ reason: 'timeout' })
  })

  it('of this machine is out of reach in production, even where a name server says that it is not', async () => {
    web.at('/a', '<title>A</title>')
    const strict = strictGuard('https://chat.example.org')
    for (const link of [`http://127.0.0.1:${web.port}/a`, `http://localhost:${web.port}/a`, 'http://127.0.0.1/', 'http://page.example.org/']) {
      await expect(fetch(link, { ...strict, resolve: async () => ['127.0.0.1'] })).rejects.toThrow('no answer')
    }
    expect(web.asked).toEqual([])
  })
})

describe('with TLS', () => {
  let secure: WebServer
  beforeAll(() => setDefaultCACertificates([...rootCertificates, TEST_CERTIFICATE]))
  afterAll(() => setDefaultCACertificates([...rootCertificates]))
  beforeEach(async () => {
    secure = await WebServer.start({ secure: true })
  })
  afterEach(() => secure.close())
  const both = (): Guard => testGuard([web.port, secure.port])

  it('the certificate is that of the name, though an address is connected to', async () => {
    secure.at('/a', '<title>Secure</title>')
    expect(await fetch(`https://secure.example.org:${secure.port}/a`, both())).toEqual({ title: 'Secure' })
    await expect(fetch(`https://other.example.org:${secure.port}/a`, both())).rejects.toMatchObject({ reason: 'broken' })
    await expect(fetch(`https://127.0.0.1:${secure.port}/a`, both())).rejects.toMatchObject({ reason: 'broken' })
  })

  it('nothing leads back to a connection without', async () => {
    web.at('/a', '<title>Open</title>')
    web.at('/p.png', (answer) => void answer.setHeader('content-type', 'image/png').end(greyPng(9, 9)))
    secure.at('/redirect', redirect(`http://page.example.org:${web.port}/a`))
    await expect(fetch(`https://secure.example.org:${secure.port}/redirect`, both())).rejects.toMatchObject({ reason: 'downgrade' })
    secure.at('/a', `<title>Secure</title><meta property="og:image" content="http://page.example.org:${web.port}/p.png">`)
    expect(await fetch(`https://secure.example.org:${secure.port}/a`, both())).toEqual({ title: 'Secure' })
    expect(web.asked).toEqual([])
  })
})

describe('a picture', () => {
  const page = (image: string): void => web.at('/a', `<title>A</title><meta property="og:image" content="${image}">`)

  it.each([
    ['that is none', 'image/png', () => Buffer.from('<script>alert(1)</script>')],
    ['that is a drawing with scripts', 'image/svg+xml', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['of more than 40 megapixels', 'image/png', () => greyPng(8_000, 5_001)],
    ['of more than two megabytes', 'image/png', () => Buffer.concat([greyPng(9, 9), Buffer.alloc(2 * 1_048_576)])],
    ['of another type', 'text/html', () => greyPng(9, 9)],
  ])('%s is left out', async (_what, type, file) => {
    page('/p')
    web.at('/p', (answer) => void answer.setHeader('content-type', type).end(file()))
    expect(await fetch('/a')).toEqual({ title: 'A' })
    expect(web.paths).toEqual(['/a', '/p'])
  })

  it.each(['http://10.0.0.1/p.png', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'https://chat.example.org/p.png', 'http://localhost/p.png', 'http://[', ''])('at %s is not asked for', async (address) => {
    page(address)
    expect(await fetch('/a')).toEqual({ title: 'A' })
    expect(web.paths).toEqual(['/a'])
  })
})

describe('requests', () => {
  it('are six at a time, two of them to one host, whoever waits first', async () => {
    const turnstile = createTurnstile(undefined)
    const inside: string[] = []
    const leave: (() => void)[] = []
    const enter = async (host: string): Promise<void> => {
      leave.push(await turnstile.enter(host))
      inside.push(host)
    }
    const all = ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd'].map(enter)
    await Promise.all([all[0], all[1], all[3], all[4], all[6], all[7]])
    expect(inside).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
    leave[0]?.()
    leave[0]?.()
    await all[2]
    expect(inside.at(-1)).toBe('a')
    expect(inside).toHaveLength(7)
    leave[4]?.()
    await all[8]
    expect(inside.at(-1)).toBe('d')
    leave[2]?.()
    await all[5]
    expect(inside).toHaveLength(9)
  })

  it('to one host end when they have been too many, also where a redirect leads there', async () => {
    const turnstile = createTurnstile(createMemoryLimits().pace('previews', { burst: 3, perSecond: 0.01 }))
    web.at('/a', '<title>A</title>')
    web.at('/b', redirect(`http://victim.example.org:${web.port}/a`))
    const from = (host: string, path: string) => fetchPreview(`http://${host}.example.org:${web.port}${path}`, { guard: testGuard([web.port]), turnstile, signal: new AbortController().signal })
    for (let i = 0; i < 3; i += 1) expect(await from(`host${i}`, '/b')).toEqual({ title: 'A' })
    await expect(from('other', '/b')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(web.asked.filter(({ headers }) => headers.host?.startsWith('victim'))).toHaveLength(3)
    // Nobody stays inside for having been refused.
    expect(await from('fresh', '/a')).toEqual({ title: 'A' })
  })
})

it('a proxy of the environment is not used', async () => {
  const proxy = await WebServer.start()
  const before = { ...process.env }
  Object.assign(process.env, { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, http_proxy: `http://127.0.0.1:${proxy.port}` })
  try {
    web.at('/a', '<title>A</title>')
    expect(await fetch('/a')).toEqual({ title: 'A' })
    expect(proxy.asked).toEqual([])
  } finally {
    process.env = before
    await proxy.close()
  }
})
