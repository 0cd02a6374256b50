import LinkRounded from '@mui/icons-material/LinkRounded'
import { useEffect, useState } from 'react'
import { useActions } from '../../app/chat-context.tsx'

/** The picture of a preview, from this server and nowhere else. Its place is there before it, so that nothing moves when it comes, or if it does not. */
export function PreviewPicture({ room, image }: { room: string; image: string }) {
  const source = usePicture(room, image)
  return <div className="preview-picture">{source === undefined ? <LinkRounded aria-hidden="true" /> : <img src={source} alt="" width={120} height={80} />}</div>
}

/** An address of the picture in this page, for as long as it is shown. An `<img>` could not say who asks, and pictures are for members. */
function usePicture(room: string, image: string): string | undefined {
  const { previewImage } = useActions()
  const [source, setSource] = useState<string>()
  useEffect(() => {
    let address: string | undefined
    let gone = false
    void previewImage(room, image).then((blob) => {
      if (gone || blob === undefined) return
      address = URL.createObjectURL(blob)
      setSource(address)
    })
    return () => {
      gone = true
      setSource(undefined)
      if (address !== undefined) URL.revokeObjectURL(address)
    }
  }, [previewImage, room, image])
  return source
}
