interface Component {
  name: string
  version?: string
  group?: string
  licenses?: unknown[]
  externalReferences?: { type: string; url: string; hashes?: { alg: string; content: string }[] }[]
}

/** The part of a CycloneDX document that is looked at. */
export interface Sbom {
  bomFormat?: string
  components?: Component[]
}

/** Where packages come from, and nowhere else. */
const REGISTRY = 'https://registry.npmjs.org/'

/**
 * Problems, one sentence each: packages of `installed` (`name@version`) that the list lacks, and packages of others that it gives no licence or no hash,
 * or that come from another place than the registry.
 */
export function checkSbom({ bomFormat, components = [] }: Sbom, installed: readonly string[]): string[] {
  if (bomFormat !== 'CycloneDX' || components.length === 0) return ['This is no CycloneDX document with packages in it.']
  const listed = new Set(components.map(idOf))
  const missing = installed.filter((id) => !listed.has(id)).map((id) => `${id} is installed and not listed.`)
  const others = components.filter(({ group }) => group !== '@chatflow')
  return [...missing, ...others.flatMap(problemsOf)]
}

function problemsOf(component: Component): string[] {
  const id = idOf(component)
  const source = component.externalReferences?.find(({ type }) => type === 'distribution')
  const problems: string[] = []
  if ((component.licenses ?? []).length === 0) problems.push(`${id} has no licence.`)
  if (source?.url.startsWith(REGISTRY) !== true) problems.push(`${id} does not come from ${REGISTRY}.`)
  if ((source?.hashes ?? []).length === 0) problems.push(`${id} has no hash.`)
  return problems
}

function idOf({ group, name, version }: Component): string {
  return `${group === undefined ? '' : `${group}/`}${name}@${version ?? ''}`
}
