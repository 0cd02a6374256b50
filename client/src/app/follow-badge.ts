import type { Chat } from '../chat/contract.ts'
import { titleBadge } from '../rooms/title-badge.ts'

const SIZE = 64
/** White on it has a contrast of 5.9; the white ring keeps it apart from the bars of light and of dark browsers. */
const RED = '#c4281b'

/** Puts what waits onto the tab's icon, now and at each change: its number, or a dot where something is merely unread. The title says the same. */
export function followBadge({ store }: Pick<Chat, 'store'>): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const picture = new Image()
  picture.src = '/icons/icon.svg'
  let shown = ''
  const apply = (): void => {
    const { phase, rooms } = store.getState()
    const badge = phase === 'ready' ? titleBadge(rooms).trim() : ''
    if (link === null || badge === shown) return
    const drawn = badge === '' ? undefined : draw(picture, badge)
    // Not loaded yet: it is drawn when it is.
    if (badge !== '' && drawn === undefined) return
    shown = badge
    link.type = drawn === undefined ? 'image/svg+xml' : 'image/png'
    link.href = drawn ?? '/icons/icon.svg'
  }
  picture.onload = apply
  apply()
  return store.subscribe((state, before) => {
    if (state.rooms !== before.rooms || state.phase !== before.phase) apply()
  })
}

/** `badge`: as it stands in the title: "(3)", "(99+)" or "•". */
function draw(picture: HTMLImageElement, badge: string): string | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const context = canvas.getContext('2d')
  if (context === null || !picture.complete || picture.naturalWidth === 0) return undefined
  context.drawImage(picture, 0, 0, SIZE, SIZE)
  const count = badge === '•' ? '' : badge.slice(1, -1)
  // In a tab it is sixteen pixels wide: more than one figure cannot be read there.
  const text = count.length > 1 ? '9+' : count
  const radius = text === '' ? 13 : 20
  const middle = SIZE - radius - 3
  context.beginPath()
  context.arc(middle, middle, radius + 3, 0, 2 * Math.PI)
  context.fillStyle = '#fff'
  context.fill()
  context.beginPath()
  context.arc(middle, middle, radius, 0, 2 * Math.PI)
  context.fillStyle = RED
  context.fill()
  if (text !== '') {
    context.fillStyle = '#fff'
    context.font = ['700', `${text.length > 1 ? 24 : 30}px`, 'sans-serif'].join(' ')
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(text, middle, middle + 2)
  }
  return canvas.toDataURL('image/png')
}
