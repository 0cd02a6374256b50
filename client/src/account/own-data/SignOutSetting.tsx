import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions } from '../../app/chat-context.tsx'
import { SignOutDialog } from '../SignOutDialog.tsx'

/** The way out of this device. */
export function SignOutSetting() {
  const { signOut } = useActions()
  const [undelivered, setUndelivered] = useState(0)
  return (
    <section className="setting-group">
      <h3 className="setting-title">Sign out</h3>
      <p className="text-2">Removes everything of yours from this device. Your messages stay on the server.</p>
      <div className="setting-actions">
        <Button variant="outlined" onClick={() => void signOut().then((result) => setUndelivered(result.undelivered))}>
          Sign out
        </Button>
      </div>
      <SignOutDialog undelivered={undelivered} onClose={() => setUndelivered(0)} />
    </section>
  )
}
