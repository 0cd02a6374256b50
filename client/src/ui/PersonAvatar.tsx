import './avatar.css'
import { colourOf, initials } from './initials.ts'

interface Props {
  id: string
  name: string
  /** Edge length in px. */
  size?: number
  presence?: 'online' | 'away' | undefined
  /** Shows a hollow dot for someone whose presence is looked for but not known. */
  showPresence?: boolean
}

/** Initials on the person's colour. Decoration only: the name stands beside it. */
export function PersonAvatar({ id, name, size = 36, presence, showPresence = false }: Props) {
  // Two letters would be too small to read.
  const small = size < 28
  return (
    <span className="avatar" aria-hidden="true" style={{ width: size, height: size, fontSize: Math.round(size * (small ? 0.56 : 0.38)), background: colourOf(id) }}>
      {small ? Array.from(initials(name))[0] : initials(name)}
      {showPresence && <span className={`avatar-dot avatar-dot-${presence ?? 'none'}`} />}
    </span>
  )
}
