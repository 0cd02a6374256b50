import { DeleteAccount } from '../data/DeleteAccount.tsx'
import { DownloadData } from '../data/DownloadData.tsx'
import { SignOutSetting } from '../data/SignOutSetting.tsx'

/** What is kept about the person, and the ways out. */
export function DataSection() {
  return (
    <>
      <DownloadData />
      <SignOutSetting />
      <DeleteAccount />
    </>
  )
}
