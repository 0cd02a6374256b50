import type { Area } from 'react-easy-crop'

/** The cut-out in the sizes in which it will stand beside messages. `area`: percent of the picture. */
export function CropPreview({ url, area }: { url: string; area: Area }) {
  return (
    <div className="crop-previews" aria-hidden="true">
      {[36, 20].map((size) => (
        <span key={size} className="crop-preview" style={{ width: size, height: size }}>
          <img
            src={url}
            alt=""
            style={{ width: `${10_000 / area.width}%`, height: `${10_000 / area.height}%`, left: `${(-100 * area.x) / area.width}%`, top: `${(-100 * area.y) / area.height}%` }}
          />
        </span>
      ))}
    </div>
  )
}
