import { DeleteAccount } from '../own-data/DeleteAccount.tsx'
import { DownloadData } from '../own-data/DownloadData.tsx'
import { SignOutSetting } from '../own-data/SignOutSetting.tsx'

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
