import { NamesForm } from '../profile/NamesForm.tsx'
import { PictureSetting } from '../profile/PictureSetting.tsx'

/** What others see of the person. */
export function ProfileSection() {
  return (
    <>
      <PictureSetting />
      <NamesForm />
    </>
  )
}
