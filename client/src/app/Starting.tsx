import { Logo } from '../ui/Logo.tsx'
import './shell.css'

/** Seen for a moment while local data is being opened; invisible at first, so that a quick start does not flash. */
export function Starting() {
  return (
    <div className="starting" aria-busy="true">
      <Logo size={56} />
    </div>
  )
}
