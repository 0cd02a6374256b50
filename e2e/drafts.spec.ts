import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'

test('[R8] a change that was begun and an answer half written are there again after another room and after a reload', async ({ person }) => {
  const ada = await person('ada')
  const elsewhere = uniqueName('elsewhere')
  const room = uniqueName('drafts')
  await ada.createRoom(elsewhere)
  await ada.createRoom(room)
  await ada.say('The ship leaves at nine')
  await ada.delivered('The ship leaves at nine')

  await ada.message('The ship leaves at nine').hover()
  await ada.message('The ship leaves at nine').getByRole('button', { name: 'Reply', exact: true }).click()
  await ada.composer.fill('half an answer')
  await ada.composer.blur()
  await ada.message('The ship leaves at nine').hover()
  await ada.message('The ship leaves at nine').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Edit' }).click()
  await ada.composer.fill('The ship leaves at ten')

  await ada.openRoom(elsewhere)
  await ada.openRoom(room)
  await expect(ada.composer).toHaveValue('The ship leaves at ten')
  await ada.page.reload()
  await expect(ada.composer).toHaveValue('The ship leaves at ten')
  await expect(ada.page.getByText('Editing your message')).toBeVisible()
  await ada.composer.press('Enter')
  await expect(ada.message('The ship leaves at ten')).toContainText('edited')

  await expect(ada.composer).toHaveValue('half an answer')
  await expect(ada.page.getByText(`Answering ${ada.displayName}`)).toBeVisible()
  await ada.page.reload()
  await expect(ada.page.getByText(`Answering ${ada.displayName}`)).toBeVisible()
  await expect(ada.composer).toHaveValue('half an answer')
  await ada.composer.press('Enter')
  await expect(ada.message('half an answer')).toContainText('The ship leaves at ten')
})
