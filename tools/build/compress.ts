import { readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { listFiles } from './files.ts'

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt'])
/** Below this many bytes the headers weigh more than what is saved. */
const WORTHWHILE = 1_024

/** Puts `.br` and `.gz` beside every file of the folder that gets smaller by it, for the static server to choose from. */
export function compressFolder(folder: string): void {
  for (const path of listFiles(folder, '.')) {
    if (!COMPRESSIBLE.has(extname(path))) continue
    const file = join(folder, path)
    const content = readFileSync(file)
    if (content.length < WORTHWHILE) continue
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })
    writeFileSync(`${file}.br`, brotli)
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  }
}
