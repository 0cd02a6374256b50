/**
 * A mail server of its own process, for tests. Tells its parent its port, then each mail as it arrived, and takes it over when the parent has said that it has it. `refuse`: turns mails away for now; `reject`: knows no recipient, for good;
 * `hang`: takes connections and never says a word; `trickle`: says one line of a greeting that never ends, a byte at a time.
 */
import { createServer, type AddressInfo, type Server } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { TestCertificate } from './certificates.ts'
import type { SmtpMail, SmtpMode } from './start-smtp.ts'

const mode = process.argv[2] as SmtpMode
const port = Number(process.argv[3])
/** With a certificate it offers STARTTLS. */
const tls = process.argv[4] === undefined ? undefined : (JSON.parse(process.argv[4]) as TestCertificate)
/** Mails that the parent has been told of; it says that it has them in their order. */
const told: (() => void)[] = []
const tell = (message: { port: number } | { mail: SmtpMail }): void => void process.send?.(message)

const server = mode === 'hang' || mode === 'trickle' ? mute() : new SMTPServer({
  authOptional: true,
  ...(tls ? { key: tls.key, cert: tls.certificate } : { disabledCommands: ['STARTTLS'] }),
  logger: false,
  onMailFrom: (_address, _session, done) => (mode === 'refuse' ? done(Object.assign(new Error('not now, planted@example.org'), { responseCode: 451 })) : done()),
  onRcptTo: (_address, _session, done) => (mode === 'reject' ? done(Object.assign(new Error('nobody here, planted@example.org'), { responseCode: 550 })) : done()),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      tell({ mail: { from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString(), secure: session.secure } })
      told.push(done)
    })
  },
})
server.listen(port, '127.0.0.1', () => {
  const listening = server instanceof SMTPServer ? server.server : server
  tell({ port: (listening.address() as AddressInfo).port })
})
process.on('message', () => told.shift()?.())
process.on('disconnect', () => process.exit(0))

function mute(): Server {
  return createServer((socket) => {
    socket.on('error', () => {})
    if (mode !== 'trickle') return
    socket.write('220-')
    const timer = setInterval(() => socket.write('.'), 20)
    socket.on('close', () => clearInterval(timer))
  })
}
