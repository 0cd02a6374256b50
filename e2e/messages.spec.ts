import { expect, test } from './harness/test.ts'
import { uniqueName } from './harness/person.ts'

test('[R8] a conversation is counted, opened and answered beside the room, offline too; a message is forwarded and linked to', async ({ person }) => {
  const [ada, ben] = await Promise.all([person('ada'), person('ben')])
  const [room, other] = [uniqueName('kitchen'), uniqueName('archive')]
  await ada.createRoom(other)
  await ada.createRoom(room)
  await ben.joinRoom(room)

  // Emoji by shortcode, code in colours, everyone mentioned.
  await ada.composer.pressSequentially('soup @room :tad')
  await expect(ada.page.getByRole('option', { name: /party popper/ })).toBeVisible()
  await ada.composer.pressSequentially('a:')
  await expect(ada.composer).toHaveValue('soup @room 🎉')
  await ada.composer.press('Enter')
  await expect(ben.message('soup @room 🎉').getByTitle('Everyone in this room')).toBeVisible()
  await ben.composer.fill('```ts\nconst salt = 1\n```')
  await ben.composer.press('Enter')
  await expect(ada.message('const salt = 1').locator('.hljs-keyword')).toHaveText('const')

  // Ben answers; Ada sees the count, opens the conversation and answers in it, without a network.
  await ben.message('soup @room 🎉').hover()
  await ben.page.getByRole('button', { name: 'Reply', exact: true }).click()
  await ben.say('for me too')
  await ada.page.getByRole('link', { name: /^1 answer, last/ }).click()
  const conversation = ada.page.getByRole('complementary', { name: 'Conversation' })
  await expect(conversation.getByRole('article')).toHaveCount(2)
  await ada.goOffline()
  await conversation.getByRole('textbox', { name: 'Answer' }).fill('one more')
  await conversation.getByRole('textbox', { name: 'Answer' }).press('Enter')
  await expect(conversation.getByRole('article')).toHaveCount(3)
  await ada.goOnline()
  await expect(ben.page.getByRole('link', { name: /^2 answers, last/ })).toBeVisible()
  await ada.page.keyboard.press('Escape')

  // Forwarded into the other room, where its link leads back.
  await ada.message('const salt = 1').hover()
  await ada.message('const salt = 1').getByRole('button', { name: 'More actions' }).click()
  await ada.page.getByRole('menuitem', { name: 'Forward' }).click()
  await ada.page.getByRole('combobox', { name: 'To' }).fill(other)
  await ada.page.getByRole('combobox', { name: 'To' }).press('Enter')
  await ada.page.getByRole('button', { name: 'Forward', exact: true }).click()
  await ada.rooms.getByRole('link', { name: other }).click()
  await ada.log.getByRole('article').last().getByRole('link', { name: `#${room}` }).click()
  await expect(ada.page.getByRole('heading', { level: 1, name: room })).toBeVisible()
  await expect(ada.message('const salt = 1').first()).toBeVisible()
})
