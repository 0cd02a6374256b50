import { useState } from 'react'
import type { ReactNode } from 'react'

/** Holds a dialog that most never see: it is made when it is first asked for, and stays, so that it can close in its own time. */
export function OnceAsked({ asked, children }: { asked: boolean; children: ReactNode }) {
  const [made, setMade] = useState(asked)
  if (asked && !made) setMade(true)
  return asked || made ? children : null
}
