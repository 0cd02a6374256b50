import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Requirement {
  /** Debian's package. */
  package: string
  /** What people call it, and how to get it elsewhere. */
  label: string
  elsewhere: string
  found(): boolean
}

const DEBIAN_POSTGRES = '/usr/lib/postgresql'

const REQUIREMENTS: readonly Requirement[] = [
  {
    package: 'chromium',
    label: 'Chromium',
    elsewhere: 'install Chromium or Chrome and set CHROMIUM to its executable',
    found: () => existsSync(process.env['CHROMIUM'] ?? '') || onPath('chromium'),
  },
  {
    package: 'postgresql',
    label: 'PostgreSQL 15 or newer',
    elsewhere: 'install PostgreSQL so that "postgres" and "initdb" are on the PATH (macOS: brew install postgresql)',
    found: () => onPath('postgres') || (existsSync(DEBIAN_POSTGRES) && readdirSync(DEBIAN_POSTGRES).some((version) => existsSync(join(DEBIAN_POSTGRES, version, 'bin/postgres')))),
  },
  {
    package: 'redis-server',
    label: 'Redis',
    elsewhere: 'install Redis so that "redis-server" is on the PATH (macOS: brew install redis)',
    found: () => onPath('redis-server'),
  },
  {
    package: 'clamav-daemon',
    label: 'ClamAV',
    elsewhere: 'install ClamAV so that "clamd" is on the PATH (macOS: brew install clamav)',
    // Debian keeps it where only root looks.
    found: () => onPath('clamd') || existsSync('/usr/sbin/clamd'),
  },
]

/** Installs what the tests need on Debian as root; elsewhere answers what is missing, one line each. Empty: all is there. */
export function installRequirements(): string[] {
  let missing = REQUIREMENTS.filter((requirement) => !requirement.found())
  if (missing.length > 0 && process.getuid?.() === 0 && onPath('apt-get')) {
    const packages = missing.map((requirement) => requirement.package)
    console.log(`Installing ${packages.join(', ')} with apt-get ...`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    apt(['update', '-q'], env)
    apt(['install', '-y', '-q', '--no-install-recommends', ...packages], env)
    missing = REQUIREMENTS.filter((requirement) => !requirement.found())
  }
  return missing.map(({ label, elsewhere, package: name }) => `${label} is missing: on Debian "apt-get install ${name}" as root; elsewhere ${elsewhere}.`)
}

function apt(args: string[], env: NodeJS.ProcessEnv): void {
  const result = spawnSync('apt-get', args, { env, encoding: 'utf8' })
  if (result.status !== 0) console.error(`apt-get ${args[0]} failed:\n${result.stdout}${result.stderr}`)
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)))
}
