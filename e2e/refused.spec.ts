import { uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { Account, command } from './support/account.ts'

test('[R8] what the server refuses stays with its author, who tries again, edits or discards it', async ({ person, server }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const name = uniqueName('council')
  await ada.createRoom(name)
  await ben.joinRoom(name)
  const room = ada.page.url().split('/rooms/')[1] ?? ''
  const owner = await Account.login(server.url, ada.username)
  const reader = await Account.login(server.url, ben.username)
  const role = (given: 'reader' | 'member') => owner.command(server.url, command({ type: 'member.role', room, user: reader.id, role: given }))

  await ben.goOffline()
  for (const text of ['try this again', 'mend tihs', 'better not']) await ben.say(text)
  await role('reader')
  await ben.goOnline()
  await expect(ben.log.getByText('Not accepted: You may not do this.')).toHaveCount(3)
  await expect(ben.composer).toHaveCount(0)
  // Where one may not write there is nowhere to edit; nothing is lost meanwhile, not even by a reload.
  await ben.page.reload()
  await expect(ben.log.getByText('Not accepted: You may not do this.')).toHaveCount(3)
  await expect(ben.message('mend tihs').getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0)

  await role('member')
  await expect(ben.composer).toBeVisible()
  await ben.message('try this again').getByRole('button', { name: 'Retry' }).click()
  await ben.delivered('try this again')
  await ben.message('mend tihs').getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(ben.composer).toHaveValue('mend tihs')
  await expect(ben.message('mend tihs')).toHaveCount(0)
  await ben.say('mend this')
  await ben.delivered('mend this')
  await ben.message('better not').getByRole('button', { name: 'Discard' }).click()
  await expect(ben.message('better not')).toHaveCount(0)

  await expect(ada.message('mend this')).toBeVisible()
  expect(await ada.texts()).toEqual(['try this again', 'mend this'])
  await ben.page.reload()
  await expect(ben.message('mend this')).toBeVisible()
  expect(await ben.texts()).toEqual(['try this again', 'mend this'])
})
