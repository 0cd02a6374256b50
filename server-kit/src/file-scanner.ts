/** Looks at files that people upload, before anything else does. */
export interface FileScanner {
  /**
   * Resolves when nothing was found. Throws `CodedError` `file_infected`, or `scanner_unavailable` when nobody could look: what was not looked at
   * is not let in.
   */
  scan(bytes: Uint8Array): Promise<void>
}

/** For a server without a scanner. */
export const noScanner: FileScanner = { scan: () => Promise.resolve() }
