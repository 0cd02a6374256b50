import { EmailSetting } from './EmailSetting.tsx'
import { PasswordSetting } from './PasswordSetting.tsx'

/** How one signs in, and where mails go. */
export function AccountSection() {
  return (
    <>
      <EmailSetting />
      <PasswordSetting />
    </>
  )
}
