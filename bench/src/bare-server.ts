/** The reference for latency: Hocuspocus as it comes, with no database, no rights and no limits. A child process; tells its port, ends with its parent. */
import { Hocuspocus } from '@hocuspocus/server'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const hocuspocus = new Hocuspocus({ quiet: true })
const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
wss.on('connection', (ws) => {
  const client = hocuspocus.handleConnection(ws as unknown as WebSocket, new Request('http://bare.invalid/'))
  ws.on('message', (data) => client.handleMessage(new Uint8Array(data as Buffer)))
  ws.on('close', (code) => client.handleClose({ code, reason: '' }))
})
wss.on('listening', () => process.send?.((wss.address() as AddressInfo).port))
process.on('disconnect', () => process.exit(0))
