import { describe, expect, it } from 'vitest'
import { addressesOf, checkedUrl, type Guard, strictGuard } from './guard.ts'
import { isPublicAddress } from './public-address.ts'

const strict = strictGuard('https://chat.example.org')
/** The rules of production over names that mean what a test says. */
const guardOf = (names: Record<string, string[]>): Guard => ({ ...strict, resolve: async (name) => names[name] ?? Promise.reject(new Error('no such name')) })

/** Addresses that are not of the public internet, of every kind. */
const REFUSED_ADDRESSES = [
  // this machine, this network
  '0.0.0.0', '0.1.2.3', '127.0.0.1', '127.0.0.2', '127.255.255.254', '::', '::1', '0:0:0:0:0:0:0:1',
  // private, shared, link-local
  '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255', '100.64.0.1', '100.127.255.255', '169.254.0.1', 'fe80::1', 'febf::1', 'fe80::1%eth0',
  'fc00::1', 'fd12:3456::1', 'fec0::1',
  // metadata of clouds
  '169.254.169.254', '169.254.170.2', 'fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '192.0.0.192', '168.63.129.16',
  // documentation, benchmarks, protocols, reserved
  '192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '198.19.255.255', '192.88.99.1', '240.0.0.1', '255.255.255.254', '255.255.255.255',
  '2001:db8::1', '3fff::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff::1', '100::1', '5f00::1', '4000::1', '::2',
  // to many
  '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1',
  // IPv4 in another coat
  '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1', '2002:7f00:1::', '2002:808:808::1', '2001::1', '2001:0:4136:e378::1',
  // no addresses
  '', 'localhost', '127.1', '2130706433', '0x7f.0.0.1', '1.1.1.1 ', '[::1]',
]

describe('an address', () => {
  it.each(REFUSED_ADDRESSES)('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '192.167.0.1', '2606:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001:800::200e'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

/** What people, pages and redirects may write, by the reason for which nothing is asked. */
const REFUSED_SPELLINGS: [reason: string, spellings: string[]][] = [
  ['private_address', [
    'http://127.0.0.1', 'http://127.1', 'http://127.0.1', 'http://2130706433', 'http://0x7f000001', 'http://0x7f.1', 'http://0x7f.0x0.0x0.0x1', 'http://0177.0.0.1', 'http://017700000001', 'http://127.0.0.1.',
    'http://127.0.0.01', 'http://0', 'http://0.0.0.0', 'http://00.00.00.00', 'http://１２７.０.０.１', 'http://①②⑦.⓪.⓪.①', 'http://127。0。0。1', 'http://127%2e0%2e0%2e1', 'http://%31%32%37.0.0.1', 'http:127.0.0.1', 'http:/127.0.0.1',
    'http:\\\\127.0.0.1', 'http:///127.0.0.1', 'HTTP://127.0.0.1', 'http://127.0.0.1:80/', 'http://127.0.0.1?@example.org', 'http://127.0.0.1#@example.org', 'ht\ttp://127.0.0.1', 'http://127.0.\n0.1',
    'http://[::1]', 'http://[::]', 'http://[0:0:0:0:0:0:0:1]', 'http://[::ffff:127.0.0.1]', 'http://[::ffff:7f00:1]', 'http://[::127.0.0.1]', 'http://[64:ff9b::127.0.0.1]', 'http://[2002:7f00:1::]', 'http://[fe80::1]', 'http://[fd00:ec2::254]',
    'http://169.254.169.254/latest/meta-data/', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://0251.0376.0251.0376/', 'http://10.0.0.1', 'http://192.168.1.1', 'http://172.16.0.1', 'http://100.64.0.1', 'https://192.168.1.1',
  ]],
  ['host', [
    'http://localhost', 'http://LOCALHOST', 'http://localhost.', 'http://loc%61lhost', 'http://ｌｏｃａｌｈｏｓｔ', 'http://a.localhost', 'http://localhost.localdomain', 'http://printer', 'http://printer.', 'http://printer.local', 'http://wiki.internal', 'http://metadata.google.internal',
    'http://metadata', 'http://instance-data', 'http://host.docker.internal', 'http://kubernetes.default.svc.cluster.local', 'http://router.lan', 'http://nas.home', 'http://nas.home.arpa', 'http://1.0.0.127.in-addr.arpa', 'http://intern.corp', 'http://a.test', 'http://x.onion',
    'http://ip6-localhost', 'http://example.org..', 'http://-.org', 'http://.example.org', `http://${'a.'.repeat(130)}org`,
  ]],
  ['scheme', ['file:///etc/passwd', 'ftp://example.org', 'gopher://127.0.0.1:25/', 'javascript:alert(1)', 'data:text/html,x', 'ws://example.org', 'dict://127.0.0.1:11211', 'ldap://127.0.0.1', 'blob:http://example.org/1', 'about:blank']],
  ['credentials', ['http://user@example.org', 'http://user:password@example.org', 'http://:password@example.org', 'http://example.org:80@127.0.0.1', 'http://example.org%40@127.0.0.1']],
  ['port', ['http://example.org:8080', 'http://example.org:22', 'http://example.org:443', 'https://example.org:80', 'http://127.0.0.1:6379', 'http://example.org:0', 'http://[::1]:5432']],
  ['own_host', ['https://chat.example.org', 'http://chat.example.org', 'https://CHAT.example.org./rooms', 'https://chat。example。org']],
  ['address', ['', 'http://', 'example.org', '//example.org', 'http://exa mple.org', 'http://example.org:99999', 'http://[::1', 'http://[fe80::1%25eth0]/', 'http://256.0.0.1', 'http://1.2.3.4.5', 'http://0x100000000', 'http://localhost%00.example.org', 'http://a<b.org']],
]

describe('a link to', () => {
  const all = REFUSED_SPELLINGS.flatMap(([reason, spellings]) => spellings.map((spelling) => ({ reason, spelling })))

  it.each(all)('$spelling is refused: $reason', async ({ reason, spelling }) => {
    const asked = async (): Promise<string[]> => addressesOf(checkedUrl(spelling, strict), { ...strict, resolve: () => Promise.reject(new Error('nothing is looked up')) })
    await expect(asked()).rejects.toMatchObject({ reason })
  })

  it('this many are refused', () => {
    expect(all.length + REFUSED_ADDRESSES.length).toBeGreaterThan(180)
  })

  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c'],
    ['http://example.org:80/', 'http://example.org/'],
    ['https://example.org:443', 'https://example.org/'],
    ['https://bücher.example.org', 'https://xn--bcher-kva.example.org/'],
    ['http://1.1.1.1', 'http://1.1.1.1/'],
    // Octal: what is connected to is what was checked, whatever others may read in it.
    ['http://0127.0.0.1', 'http://87.0.0.1/'],
  ])('%s is asked for as %s', async (link, url) => {
    expect(checkedUrl(link, strict).href).toBe(url)
  })

  it('a name is refused if any of its addresses is', async () => {
    const guard = guardOf({ 'mixed.example.org': ['1.1.1.1', '10.0.0.1'], 'six.example.org': ['1.1.1.1', '::1'], 'good.example.org': ['1.1.1.1', '2606:4700::1111'] })
    await expect(addressesOf(checkedUrl('http://mixed.example.org', guard), guard)).rejects.toMatchObject({ reason: 'private_address' })
    await expect(addressesOf(checkedUrl('http://six.example.org', guard), guard)).rejects.toMatchObject({ reason: 'private_address' })
    await expect(addressesOf(checkedUrl('http://none.example.org', guard), guard)).rejects.toMatchObject({ reason: 'unresolved' })
    expect(await addressesOf(checkedUrl('http://good.example.org', guard), guard)).toEqual(['1.1.1.1', '2606:4700::1111'])
  })
})
