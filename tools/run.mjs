// The door of every `npm run` command. Plain JavaScript for Node 20 or newer with nothing installed:
// it installs the pinned dependencies when they changed, finds the Node 24 among them, and runs the command's TypeScript with it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Each command is a list of programs, run one after another; the first that fails ends it. The last gets the command's arguments. */
const COMMANDS = {
  install: [],
  start: [['tools/build-client.ts'], ['standalone/src/main.ts']],
  dev: [['tools/dev.ts']],
  demo: [['tools/build-client.ts'], ['tools/demo/seed.ts'], ['standalone/src/main.ts']],
  test: [['tools/test.ts']],
  check: [['tools/test.ts', '--checks']],
  sim: [['tools/sim.ts']],
  bench: [['tools/build-client.ts'], ['bench/src/main.ts']],
  'long-room': [['tools/long-room.ts']],
  sbom: [['tools/sbom.ts']],
  screenshots: [['tools/build-client.ts'], ['tools/screenshots.ts']],
}

/** The demo has a data folder of its own and never touches a database of yours. */
const DEMO = { DATA_DIR: process.env.DATA_DIR || './data/demo', DATABASE_URL: '', DATABASE_URL_FILE: '' }
const ENVIRONMENT = { demo: DEMO, 'long-room': DEMO }

/** Node keeps here what it compiled, TypeScript included: the next start is a second shorter. */
const NODE_COMPILE_CACHE = join(root, 'node_modules', '.cache', 'node-compile')

const [command = '', ...rest] = process.argv.slice(2)
// npm hands over a separating `--` in some versions.
const args = rest[0] === '--' ? rest.slice(1) : rest

if (!Object.hasOwn(COMMANDS, command)) fail(`Unknown command "${command}". There are: ${Object.keys(COMMANDS).join(', ')}.`)
if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`ChatFlow needs Node 20 or newer; this is Node ${process.versions.node}. Get a newer one at https://nodejs.org.`)
}
installIfNeeded()
const node = findNode()
for (const [index, program] of COMMANDS[command].entries()) {
  const last = index === COMMANDS[command].length - 1
  const code = await run(node, last ? [...program, ...args] : program)
  if (code !== 0) process.exit(code)
}

/** Installs with the pinned pnpm, unless what is installed came from the same lockfile and package files. */
function installIfNeeded() {
  const stampFile = join(root, 'node_modules', '.chatflow-installed')
  const stamp = dependencyStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const pinned = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
  console.log(`Installing dependencies with ${pinned} (first start, or they changed) ...`)
  const result = spawnSync('npx', ['-y', pinned, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    // Without a terminal pnpm asks nothing.
    env: { ...process.env, CI: 'true' },
  })
  if (result.error || result.status !== 0) fail('The dependencies could not be installed; the lines above say why. A network is needed for this step only.')
  writeFileSync(stampFile, stamp)
}

function dependencyStamp() {
  const hash = createHash('sha256')
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  const packages = folders.map((entry) => join(entry.name, 'package.json')).sort()
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...packages]) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** The servers need Node 24, which runs TypeScript as it is; it arrives as a dependency. */
function findNode() {
  const installed = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail('Node 24 is missing among the dependencies. Delete the folder node_modules and try again.')
}

/** Runs one program with this terminal; signals are passed on, and its exit code is the answer. */
function run(executable, argv) {
  return new Promise((resolve) => {
    // The channel carries nothing: its end tells the program that this process is gone, however it went.
    const child = spawn(executable, argv, { cwd: root, env: { ...process.env, NODE_COMPILE_CACHE, ...ENVIRONMENT[command] }, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const pass = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    child.on('error', (error) => fail(`Could not run ${executable}: ${error.message}`))
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve(code ?? (signal === 'SIGKILL' ? 137 : 1))
    })
  })
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
