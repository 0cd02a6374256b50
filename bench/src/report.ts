import { cpus, totalmem } from 'node:os'
import type { Results } from './main.ts'

/** The page bench/README.md. */
export function report(results: readonly Results[]): string {
  const head = `| | ${results.map(({ database }) => database).join(' | ')} |\n| --- | ${results.map(() => '---:').join(' | ')} |`
  const row = (name: string, of: (result: Results) => string): string => `| ${name} | ${results.map(of).join(' | ')} |`
  const rooms = [...(results[0]?.throughput.keys() ?? [])]
  const histories = [...(results[0]?.opening.keys() ?? [])]
  const lines = [
    row('Enter until seen by another device, p50', ({ latency }) => `${latency.p50.toFixed(1)} ms`),
    row('the same, p99', ({ latency }) => `${latency.p99.toFixed(1)} ms`),
    ...rooms.map((count) => row(`messages per second, ${count === 1 ? 'one room' : `${count} rooms`}`, ({ throughput }) => thousands(throughput.get(count) ?? 0))),
    ...histories.flatMap((messages) => [
      row(`opening a room of ${thousands(messages)}: received`, ({ opening }) => `${opening.get(messages)?.kilobytes.toFixed(1)} kB`),
      row(`opening a room of ${thousands(messages)}: time`, ({ opening }) => `${opening.get(messages)?.milliseconds.toFixed(0)} ms`),
      row(`opening a room of ${thousands(messages)}: heap`, ({ opening }) => `${opening.get(messages)?.heapKilobytes.toFixed(0)} kB`),
    ]),
  ]
  return `# Measurements

Made by \`npm run bench\`, which writes this page. ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.

${head}
${lines.join('\n')}

How it is measured:

- The server runs as \`npm start\` runs it, in a process of its own, with rate limits off; the clients are the real client core (strict store, outbox,
  replicas) in one other process on the same machine, over real sockets.
- *Enter until seen*: one message after the other, from the command being entered on one device until its entry is in the replica of another; 500 messages.
- *Messages per second*: four people post batches of 100 commands over HTTP, 10 000 messages; through validation, sequencer, commit and answer.
- *Opening*: a device with nothing stored connects and shows the newest of the room; the median of nine. Bytes are counted on the socket, compressed as they
  came, with everything else that a new device receives. Both rooms end with a full segment of 256; the longer one has to cost what the shorter one costs.
`
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US').replaceAll(',', ' ')
}
