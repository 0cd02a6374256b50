const MOST = 20

/** The tags of an `Accept-Language` header, the preferred one first; those with `q=0` are not wanted. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',', MOST)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]{1,5})\s*$/i.exec(parameter)?.[1]).find((value) => value !== undefined)
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}
