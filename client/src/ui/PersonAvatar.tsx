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
  return (
    <span className="avatar" aria-hidden="true" style={{ width: size, height: size, fontSize: Math.round(size * 0.38), background: colourOf(id) }}>
      {initials(name)}
      {showPresence && <span className={`avatar-dot avatar-dot-${presence ?? 'none'}`} />}
    </span>
  )
}
