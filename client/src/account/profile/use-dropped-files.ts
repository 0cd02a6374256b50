import { useEffect, useEffectEvent, useState } from 'react'

/** Takes files that are dropped anywhere on the page, or pasted. Answers whether one is being dragged over it. */
export function useDroppedFiles(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const onFiles = useEffectEvent((files: FileList | undefined) => take([...(files ?? [])]))
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    addEventListener('paste', (event) => onFiles(event.clipboardData?.files), { signal })
    addEventListener('dragleave', () => setOver(false), { signal })
    addEventListener(
      'dragover',
      (event) => {
        // Without this the browser would open the file instead.
        event.preventDefault()
        setOver(true)
      },
      { signal },
    )
    addEventListener(
      'drop',
      (event) => {
        event.preventDefault()
        setOver(false)
        onFiles(event.dataTransfer?.files)
      },
      { signal },
    )
    return () => ended.abort()
  }, [])
  return over
}
