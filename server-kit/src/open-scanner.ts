import { clamdAddress } from './clamd-address.ts'
import { createClamdScanner, type ClamdOptions } from './clamd-scanner.ts'
import { type FileScanner, noScanner } from './file-scanner.ts'

/** The scanner of a server process: clamd where `CLAMAV_URL` says so, else none. */
export function openScanner(url: string | undefined, log: ClamdOptions['log']): FileScanner {
  const address = url === undefined ? undefined : clamdAddress(url)
  return address === undefined ? noScanner : createClamdScanner({ address, log })
}
