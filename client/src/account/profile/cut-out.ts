/** Twice what the server keeps, so that it has something to choose from. */
const EDGE = 512

/** The square `area` (px of the upright picture) of a picture file, as a PNG of at most 512 x 512. Rejects for what the browser cannot read. */
export async function cutOut(file: Blob, area: { x: number; y: number; width: number; height: number }): Promise<Blob> {
  const picture = await createImageBitmap(file)
  try {
    const edge = Math.max(1, Math.min(EDGE, Math.round(area.width)))
    const canvas = document.createElement('canvas')
    canvas.width = edge
    canvas.height = edge
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('This browser cannot draw.')
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, area.x, area.y, area.width, area.height, 0, 0, edge, edge)
    return await new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('nothing was drawn')) : resolve(blob)), 'image/png'))
  } finally {
    picture.close()
  }
}
