import { importJWK, type CryptoKey, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose'
import type { Database } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import { renewSigningKeys } from './renew-signing-keys.ts'

/** Another process may have added a key: the signing key is looked up again after this long, ms. */
const RELOAD_MS = 60_000
/** A token that names an unknown key makes us look again, but not for every such token. */
const RELOAD_UNKNOWN_MS = 2_000

interface Row {
  kid: string
  alg: string
  public_jwk: JWK
  private_jwk: JWK
  active_from: number
}

interface Signer {
  kid: string
  alg: string
  key: CryptoKey | Uint8Array
}

export interface SigningKeys {
  /** The key that new tokens are signed with. */
  signer(): Promise<Signer>
  /** What `/.well-known/jwks.json` answers. */
  published(): Promise<JSONWebKeySet>
  /** Finds the public key of a token, for `createVerifier`. */
  keys: JWTVerifyGetKey
}

/** The keys in the database, renewed by their age (`renew-signing-keys.ts`); processes that start together agree on the first. */
export async function openSigningKeys(db: Database, clock: () => number): Promise<SigningKeys> {
  await renewSigningKeys(db, clock())
  let rows: Row[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  const imported = new Map<string, Promise<CryptoKey | Uint8Array>>()

  async function load(olderThan: number): Promise<Row[]> {
    if (clock() - loadedAt >= olderThan) {
      rows = (await db.query<Row>('SELECT kid, alg, public_jwk, private_jwk, active_from FROM signing_keys ORDER BY active_from DESC, kid')).rows
      loadedAt = clock()
    }
    return rows
  }

  function import_(id: string, jwk: JWK, alg: string) {
    let key = imported.get(id)
    if (!key) imported.set(id, (key = importJWK(jwk, alg)))
    return key
  }

  return {
    async signer() {
      const now = clock()
      const row = (await load(RELOAD_MS)).find((candidate) => candidate.active_from <= now) ?? rows.at(-1)
      if (!row) throw new CodedError('internal', 'there is no signing key')
      return { kid: row.kid, alg: row.alg, key: await import_(`private ${row.kid}`, row.private_jwk, row.alg) }
    },
    async published() {
      return { keys: (await load(RELOAD_UNKNOWN_MS)).map((row) => ({ ...row.public_jwk, kid: row.kid, alg: row.alg, use: 'sig' })) }
    },
    keys: async (header) => {
      const find = (candidates: Row[]) => candidates.find((row) => row.kid === header.kid && row.alg === header.alg)
      const row = find(await load(RELOAD_MS)) ?? find(await load(RELOAD_UNKNOWN_MS))
      if (!row) throw new CodedError('unauthenticated')
      return import_(`public ${row.kid}`, row.public_jwk, row.alg)
    },
  }
}
