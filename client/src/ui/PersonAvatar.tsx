import { avatarPath } from '@chatflow/shared/avatar-path'
import { useState } from 'react'
import './avatar.css'
import { colourOf, initials } from './initials.ts'

interface Props {
  id: string
  name: string
  /** Id of the picture. */
  avatar?: string | undefined
  /** Edge length in px. */
  size?: number
  presence?: 'online' | 'away' | undefined
  /** Shows a hollow dot for someone whose presence is looked for but not known. */
  showPresence?: boolean
}

/** The person's picture, or initials on the person's colour while there is none to be had. Decoration only: the name stands beside it. */
export function PersonAvatar({ id, name, avatar, size = 36, presence, showPresence = false }: Props) {
  const [missing, setMissing] = useState<string>()
  // Two letters would be too small to read.
  const small = size < 28
  return (
    <span className="avatar" aria-hidden="true" style={{ width: size, height: size, fontSize: Math.round(size * (small ? 0.56 : 0.38)), background: colourOf(id) }}>
      {small ? Array.from(initials(name))[0] : initials(name)}
      {avatar !== undefined && avatar !== missing && (
        <img key={avatar} className="avatar-picture" src={avatarPath(avatar)} alt="" width={size} height={size} loading="lazy" decoding="async" draggable={false} onError={() => setMissing(avatar)} />
      )}
      {showPresence && <span className={`avatar-dot avatar-dot-${presence ?? 'none'}`} />}
    </span>
  )
}
