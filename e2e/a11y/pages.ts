import type { Locator, Page } from '@playwright/test'
import { PASSWORD } from '../support/account.ts'
import { appCode } from '../support/authenticator-app.ts'
import { VirtualAuthenticator } from '../harness/virtual-authenticator.ts'
import type { Stage } from './stage.ts'

/** Where a row is looked at: on a screen with a mouse, or on a phone. */
export type Size = 'wide' | 'phone'

/** One thing that can be on the screen. Rows of the same person follow one another in one browser; each begins with nothing open above the page. */
export interface Row {
  what: string
  /** Files below client/src whose dialogs, menus and popovers it opens, once for each of them. */
  shows?: readonly string[]
  /** Only there. */
  only?: Size
  /** Brings it onto the screen; answers what is to be seen then. */
  open(page: Page, stage: Stage): Promise<Locator> | Locator
  /** Puts away what Esc does not. */
  close?(page: Page): Promise<void>
}

const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = (page: Page, name?: string | RegExp) => page.getByRole('dialog', name === undefined ? {} : { name })
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name })
/** Goes to a place of the app without loading it anew. */
const go = (page: Page, hash: string) => page.evaluate((to) => void (location.hash = to), hash)

async function inRoom(page: Page, { room }: Stage, panel = ''): Promise<void> {
  await go(page, `#/rooms/${room}${panel}`)
  // A panel covers the messages on a phone.
  await (panel === '' ? page.getByRole('article') : page.getByRole('complementary')).last().waitFor()
}

/** The message's own buttons, which come with its focus. */
async function message(page: Page, stage: Stage, text: string): Promise<Locator> {
  await inRoom(page, stage)
  const row = page.getByRole('article').filter({ has: page.locator('.text', { hasText: text }) })
  await row.focus()
  return row
}

async function messageMenu(page: Page, stage: Stage, text: string, action: string): Promise<Locator> {
  await button(await message(page, stage, text), 'More actions').click()
  await item(page, action).click()
  return dialog(page)
}

/** Opens the account's menu and presses one of its buttons. */
async function account(page: Page, press: string): Promise<Locator> {
  await go(page, '#/')
  await button(page, /^Your account/).click()
  await button(dialog(page, 'Your account'), press).click()
  return dialog(page)
}

async function sidebar(page: Page, press: string): Promise<Locator> {
  await go(page, '#/')
  await button(page, press).click()
  return dialog(page)
}

async function inNotes(page: Page, stage: Stage): Promise<Locator> {
  await inRoom(page, stage, '/notes')
  const text = page.getByRole('textbox', { name: 'Notes of harbour' })
  await text.getByText('Tide tables').waitFor()
  return text
}

async function inVersions(page: Page, stage: Stage): Promise<Locator> {
  await inRoom(page, stage, '/notes/versions')
  return page.getByRole('complementary', { name: 'Notes' }).getByRole('listitem').first()
}

async function aVersion(page: Page, stage: Stage): Promise<Locator> {
  await (await inVersions(page, stage)).getByRole('button').click()
  const version = dialog(page, /^Version of/)
  await version.getByRole('textbox').waitFor()
  return version
}

async function roomMenu(page: Page, stage: Stage, action: string): Promise<void> {
  await inRoom(page, stage)
  await button(page, 'Room menu').click()
  await item(page, action).click()
}

async function memberMenu(page: Page, stage: Stage, action?: string): Promise<void> {
  await inRoom(page, stage, '/members')
  await button(page, 'About ben').click()
  if (action !== undefined) await item(page, action).click()
}

async function personMenu(page: Page, action?: string): Promise<void> {
  await go(page, '#/admin/people')
  await button(page, 'Actions for ben').click()
  if (action !== undefined) await item(page, action).click()
}

async function section(page: Page, hash: string, press: string | RegExp): Promise<Locator> {
  await go(page, hash)
  await button(page, press).first().click()
  return dialog(page)
}

async function scheduling(page: Page, stage: Stage): Promise<void> {
  await inRoom(page, stage)
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Later')
  await button(page, 'Schedule').click()
}

/** A page of sections: each of them is a row of its own. */
function sections(page: string, title: string, names: Readonly<Record<string, string>>): Row[] {
  const rows = Object.entries(names).map(([name, heading]): Row => ({
    what: `${page}/${name}`,
    async open(screen) {
      await go(screen, `#/${page}/${name}`)
      // What comes over the network is to be looked at as well.
      await screen.locator('.MuiSkeleton-root, [aria-busy="true"]').first().waitFor({ state: 'detached' })
      return screen.getByRole('heading', { level: 2, name: heading })
    },
  }))
  return [{ what: page, only: 'phone', open: (screen) => go(screen, `#/${page}`).then(() => screen.getByRole('heading', { level: 1, name: title })) }, ...rows]
}

/** What somebody sees who is not signed in. */
const SIGNED_OUT: readonly Row[] = [
  { what: 'sign in', open: (page) => button(page, 'Sign in') },
  {
    what: 'sign in, refused',
    async open(page) {
      await button(page, 'Sign in').click()
      return page.getByText('Enter your password.')
    },
  },
  {
    what: 'forgot password',
    async open(page) {
      await button(page, 'Forgot password?').click()
      return page.getByRole('heading', { name: 'Forgot your password?' })
    },
  },
  {
    what: 'sign up',
    async open(page) {
      await page.reload()
      await button(page, 'Create account').click()
      await page.getByLabel('Password', { exact: true }).fill('rowing')
      return page.getByRole('textbox', { name: 'Display name' })
    },
  },
  { what: 'reset', open: (page) => go(page, '#/reset/abcdef').then(() => page.getByRole('heading', { name: 'Set a new password' })) },
  { what: 'verify', open: (page) => go(page, '#/verify/abcdef').then(() => page.getByRole('heading', { name: 'This link is no longer valid' })) },
  {
    what: 'invite',
    async open(page, { invitation }) {
      await page.goto(invitation)
      return page.getByText('ada invites you.')
    },
  },
]

/** What the administrator sees. */
const SIGNED_IN: readonly Row[] = [
  { what: 'rooms', open: (page) => go(page, '#/').then(() => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'harbour' })) },
  { what: 'room', open: (page, stage) => inRoom(page, stage).then(() => page.getByRole('log', { name: 'Messages' })) },
  { what: 'direct conversation', open: (page, { direct }) => go(page, `#/rooms/${direct}`).then(() => page.getByRole('heading', { level: 1, name: 'ben' })) },
  { what: 'panel: members', open: (page, stage) => inRoom(page, stage, '/members').then(() => page.getByRole('region', { name: 'Banned' })) },
  { what: 'panel: pins', open: (page, stage) => inRoom(page, stage, '/pins').then(() => page.getByRole('complementary', { name: 'Pinned messages' }).getByText('The ferry')) },
  { what: 'panel: details', open: (page, stage) => inRoom(page, stage, '/details').then(() => page.getByRole('complementary', { name: 'About this room' })) },
  { what: 'panel: mentions', open: (page, stage) => inRoom(page, stage, '/mentions').then(() => page.getByRole('complementary', { name: 'Mentions' }).getByText('timetable')) },
  {
    what: 'panel: search',
    async open(page, stage) {
      await inRoom(page, stage, '/search')
      await page.getByRole('searchbox', { name: 'Search' }).fill('ferry')
      return page.getByRole('complementary', { name: 'Search results' }).getByRole('link').first()
    },
  },
  {
    what: 'panel: search, completing and wrong',
    async open(page, stage) {
      await inRoom(page, stage, '/search')
      await page.getByRole('searchbox', { name: 'Search' }).fill('before:soon has:')
      await page.getByRole('option').first().waitFor()
      return page.getByRole('alert')
    },
  },
  { what: 'search on its own', open: (page) => go(page, '#/search').then(() => page.getByRole('searchbox', { name: 'Search' }).fill('')).then(() => button(page, /^has:/)) },
  { what: 'panel: thread', open: (page, stage) => inRoom(page, stage, `/thread/${stage.root}`).then(() => page.getByRole('log', { name: 'Conversation' }).getByText('I am')) },
  { what: 'panel: scheduled', open: (page, stage) => inRoom(page, stage, '/scheduled').then(() => page.getByRole('complementary').getByText('Good morning')) },
  { what: 'panel: notes', open: (page, stage) => inNotes(page, stage) },
  { what: 'notes: styles', shows: ['notes/editor/NotesToolbar.tsx'], open: async (page, stage) => inNotes(page, stage).then(() => button(page, /^Style/).click()).then(() => page.getByRole('menu')) },
  { what: 'notes: a link', shows: ['notes/editor/LinkDialog.tsx'], open: async (page, stage) => inNotes(page, stage).then(() => button(page, 'Link').click()).then(() => dialog(page, 'Link')) },
  { what: 'notes: versions', open: (page, stage) => inVersions(page, stage) },
  { what: 'notes: a version', shows: ['notes/VersionDialog.tsx'], open: (page, stage) => aVersion(page, stage) },
  {
    what: 'notes: restoring a version',
    shows: ['notes/VersionDialog.tsx'],
    async open(page, stage) {
      await button(await aVersion(page, stage), 'Restore').click()
      return dialog(page, 'Restore this version?')
    },
    close: (page) => button(dialog(page, 'Restore this version?'), 'Cancel').click(),
  },
  { what: 'toolbar of a message', open: (page, stage) => message(page, stage, 'The ferry') },
  { what: 'emoji for a message', shows: ['emoji/EmojiPicker.tsx'], open: async (page, stage) => button(await message(page, stage, 'I am'), 'React').click().then(() => dialog(page, 'Choose an emoji')) },
  {
    what: 'emoji for the composer, searched',
    shows: ['emoji/EmojiPicker.tsx'],
    async open(page, stage) {
      await inRoom(page, stage)
      await button(page, 'Emoji').click()
      await page.getByRole('combobox', { name: 'Find an emoji' }).fill('boat')
      return dialog(page, 'Choose an emoji')
    },
  },
  {
    what: 'mention completion',
    async open(page, stage) {
      await inRoom(page, stage)
      const composer = page.getByRole('textbox', { name: 'Message', exact: true })
      await composer.fill('')
      await composer.pressSequentially('@be')
      return page.getByRole('option', { name: /ben/ })
    },
  },
  {
    what: 'an edit',
    async open(page, stage) {
      await inRoom(page, stage)
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('')
      await button(await message(page, stage, 'Yes'), 'More actions').click()
      await item(page, 'Edit').click()
      return page.getByText('Editing')
    },
    close: (page) => page.getByRole('textbox', { name: 'Message', exact: true }).press('Escape'),
  },
  { what: 'More actions', shows: ['timeline/MessageToolbar.tsx'], open: async (page, stage) => button(await message(page, stage, 'I am'), 'More actions').click().then(() => page.getByRole('menu')) },
  {
    what: 'sheet of a message',
    shows: ['timeline/ActionSheet.tsx'],
    only: 'phone',
    async open(page, stage) {
      const row = await message(page, stage, 'I am')
      await row.dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true })
      await dialog(page, 'Message actions').waitFor()
      await page.dispatchEvent('body', 'pointerup')
      // The click of the finger that is lifted, which the message takes for part of the press.
      await page.dispatchEvent('body', 'click')
      return dialog(page, 'Message actions')
    },
  },
  { what: 'delete', shows: ['rooms/RoomPage.tsx', 'ui/ConfirmDialog.tsx'], open: (page, stage) => messageMenu(page, stage, 'Yes', 'Delete') },
  { what: 'report', shows: ['moderation/ReportDialog.tsx'], open: (page, stage) => messageMenu(page, stage, 'I am', 'Report') },
  { what: 'forward', shows: ['forward/ForwardDialog.tsx'], open: (page, stage) => messageMenu(page, stage, 'I am', 'Forward') },
  { what: 'jump to a date', shows: ['timeline/JumpToDateDialog.tsx'], open: (page, stage) => roomMenu(page, stage, 'Jump to date').then(() => dialog(page)) },
  {
    what: 'times for a message',
    shows: ['scheduled/ScheduleButton.tsx'],
    async open(page, stage) {
      await scheduling(page, stage)
      return page.getByRole('menu')
    },
  },
  {
    what: 'another time for a message',
    shows: ['scheduled/PickTimeDialog.tsx'],
    async open(page, stage) {
      await scheduling(page, stage)
      await page.getByRole('menuitem').last().click()
      return dialog(page, 'When?')
    },
  },
  {
    what: 'change of a scheduled message',
    shows: ['scheduled/EditScheduledDialog.tsx'],
    async open(page, stage) {
      await inRoom(page, stage, '/scheduled')
      await button(page.getByRole('list', { name: 'Scheduled messages' }), /Change|Edit/).click()
      return dialog(page, 'Change the scheduled message')
    },
  },
  {
    what: 'commands of the composer',
    shows: ['composer/slash/SlashHelpDialog.tsx'],
    async open(page, stage) {
      await inRoom(page, stage)
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('/help ')
      await page.keyboard.press('Enter')
      return dialog(page, 'Commands')
    },
  },
  { what: 'person card', shows: ['people/PersonCard.tsx'], open: async (page, stage) => button(await message(page, stage, 'I am'), 'ben').click().then(() => dialog(page, 'About ben')) },
  {
    what: 'who has read a message',
    shows: ['timeline/ReadBy.tsx'],
    async open(page, stage) {
      await inRoom(page, stage)
      await button(page, /^Seen by/).first().click()
      return dialog(page, 'Seen by')
    },
  },
  { what: 'room menu', shows: ['rooms/RoomMenu.tsx'], open: (page, stage) => inRoom(page, stage).then(() => button(page, 'Room menu').click()).then(() => page.getByRole('menu')) },
  { what: 'level of a room', shows: ['rooms/LevelMenu.tsx'], open: (page, stage) => roomMenu(page, stage, 'Notifications').then(() => page.getByRole('menuitemradio').first()) },
  { what: 'name and topic', shows: ['rooms/RoomDetailsDialog.tsx'], open: (page, stage) => roomMenu(page, stage, 'Edit name and topic').then(() => dialog(page)) },
  { what: 'archive', shows: ['rooms/RoomMenu.tsx'], open: (page, stage) => roomMenu(page, stage, 'Archive room').then(() => dialog(page)) },
  { what: 'leave', shows: ['rooms/RoomMenu.tsx'], open: (page, stage) => roomMenu(page, stage, 'Leave room').then(() => dialog(page)) },
  { what: 'member menu', shows: ['rooms/MemberRow.tsx'], open: (page, stage) => memberMenu(page, stage).then(() => page.getByRole('menu')) },
  { what: 'remove a member', shows: ['rooms/MemberRow.tsx'], open: (page, stage) => memberMenu(page, stage, 'Remove from room').then(() => dialog(page)) },
  { what: 'ban', shows: ['rooms/BanDialog.tsx'], open: (page, stage) => memberMenu(page, stage, 'Ban from room').then(() => dialog(page)) },
  {
    what: 'add people',
    shows: ['rooms/AddPeopleDialog.tsx', 'rooms/PeoplePicker.tsx'],
    async open(page, stage) {
      await inRoom(page, stage, '/members')
      await button(page, 'Add people').click()
      return page.getByRole('option').first()
    },
  },
  { what: 'new room', shows: ['rooms/NewRoomDialog.tsx'], open: (page) => sidebar(page, 'New room') },
  { what: 'new direct message', shows: ['rooms/NewDirectDialog.tsx'], open: (page) => sidebar(page, 'New direct message') },
  { what: 'browse rooms', shows: ['rooms/BrowseRoomsDialog.tsx'], open: (page) => sidebar(page, 'Browse rooms').then(() => button(page, 'Open harbour')) },
  { what: 'jump', shows: ['rooms/jump/JumpDialog.tsx'], open: (page) => sidebar(page, 'Jump to').then(() => page.getByRole('option').first()) },
  { what: 'account', shows: ['account/AccountButton.tsx'], open: (page) => go(page, '#/').then(() => button(page, /^Your account/).click()).then(() => dialog(page, 'Your account')) },
  { what: 'do not disturb', open: (page) => account(page, 'Do not disturb').then((menu) => button(menu, 'For 1 hour')) },
  { what: 'status', shows: ['people/StatusDialog.tsx'], open: (page) => account(page, 'Set a status') },
  { what: 'keys', shows: ['app/KeysDialog.tsx'], open: (page) => account(page, 'Keyboard') },
  ...sections('settings', 'Settings', {
    profile: 'Profile',
    account: 'Account',
    security: 'Security',
    devices: 'Devices',
    privacy: 'Privacy',
    notifications: 'Notifications',
    appearance: 'Appearance',
    data: 'Data',
  }),
  {
    what: 'quiet every week',
    async open(page) {
      await go(page, '#/settings/notifications')
      const weekly = page.getByRole('switch', { name: 'Quiet every week' })
      if (!(await weekly.isChecked())) await weekly.click()
      await weekly.scrollIntoViewIfNeeded()
      return page.getByLabel('Quiet from')
    },
  },
  {
    what: 'cutting a picture',
    shows: ['account/profile/CropDialog.tsx'],
    async open(page) {
      await go(page, '#/settings/profile')
      await page.locator('input[type="file"]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(DOT, 'base64') })
      return dialog(page, 'Your picture')
    },
  },
  { what: 'end a session', shows: ['account/settings/devices/DevicesSection.tsx'], open: (page) => section(page, '#/settings/devices', 'End all others') },
  { what: 'password before an app', shows: ['account/settings/PasswordDialog.tsx'], open: (page) => section(page, '#/settings/security', 'Set up app') },
  { what: 'delete the account', shows: ['account/own-data/DeleteAccountDialog.tsx'], open: (page) => section(page, '#/settings/data', 'Delete account') },
  ...sections('admin', 'Administration', { people: 'People', rooms: 'Rooms', invitations: 'Invitations', registration: 'Registration', previews: 'Link previews', audit: 'Audit log' }),
  { what: 'menu of a person', shows: ['admin/PersonMenu.tsx'], open: (page) => personMenu(page).then(() => page.getByRole('menu')) },
  { what: 'deactivate', shows: ['admin/PersonMenu.tsx'], open: (page) => personMenu(page, 'Deactivate').then(() => dialog(page)) },
  { what: 'sign somebody out', shows: ['admin/PersonMenu.tsx'], open: (page) => personMenu(page, 'Sign out everywhere').then(() => dialog(page)) },
  { what: 'reset link', shows: ['admin/ResetLinkDialog.tsx'], open: (page) => personMenu(page, 'Link for a new password').then(() => dialog(page)) },
  {
    what: 'role of a person',
    shows: ['ui/Choice.tsx'],
    async open(page) {
      await go(page, '#/admin/people')
      await page.getByRole('combobox', { name: 'Role of ben' }).click()
      return page.getByRole('option').first()
    },
  },
  {
    what: 'a new administrator',
    shows: ['admin/RoleChoice.tsx'],
    async open(page) {
      await go(page, '#/admin/people')
      await page.getByRole('combobox', { name: 'Role of ben' }).click()
      await page.getByRole('option', { name: 'Administrator' }).click()
      return dialog(page)
    },
  },
  { what: 'end all sessions', shows: ['admin/EndAllSessions.tsx'], open: (page) => section(page, '#/admin/people', 'End all sessions') },
  { what: 'archive as administrator', shows: ['admin/RoomsSection.tsx'], open: (page) => section(page, '#/admin/rooms', 'Archive quiet') },
  { what: 'revoke a link', shows: ['admin/InvitationsSection.tsx'], open: (page) => section(page, '#/admin/invitations', 'Revoke for the crew') },
  ...sections('scheduled', 'Scheduled', { all: 'Scheduled messages' }),
  ...sections('reports', 'Reports', { open: 'Open', settled: 'Settled' }),
]

/** Somebody who is in no room. */
const NEWCOMER: readonly Row[] = [
  { what: 'first screen', open: (page) => button(page, 'Make a room').first() },
  { what: 'first invitation, already here', open: (page, { invitation }) => go(page, new URL(invitation).hash).then(() => page.getByText('You are here already')) },
  { what: 'not an administrator', open: (page) => go(page, '#/admin').then(() => page.getByText('Your account does not administer this server')) },
  { what: 'room that is not here', open: (page) => go(page, '#/rooms/0190a000-0000-7000-8000-000000000001').then(() => page.getByText('This room is not here').first()) },
]

/** Whose session is older than a change of the account's factors. */
const CHANGED: readonly Row[] = [
  {
    what: 'confirm that it is you',
    shows: ['account/ConfirmItIsYouDialog.tsx'],
    async open(page) {
      await section(page, '#/settings/devices', 'End all others')
      await button(dialog(page), 'End').click()
      return dialog(page, 'Confirm that it is you')
    },
  },
]

/** Who sets up second factors, and has no session in the end. */
const CREW: readonly Row[] = [
  {
    what: 'set up an app',
    shows: ['account/settings/security/AppSetupDialog.tsx'],
    async open(page) {
      await section(page, '#/settings/security', 'Set up app')
      await dialog(page).getByLabel('Password', { exact: true }).fill(PASSWORD)
      await button(page, 'Continue').click()
      return dialog(page, 'Scan this with your app')
    },
  },
  {
    what: 'recovery codes',
    shows: ['account/settings/security/RecoveryCodesDialog.tsx'],
    async open(page) {
      await section(page, '#/settings/security', 'Set up app')
      await dialog(page).getByLabel('Password', { exact: true }).fill(PASSWORD)
      await button(page, 'Continue').click()
      const scan = dialog(page, 'Scan this with your app')
      await scan.getByLabel('Code').fill(appCode((await scan.locator('code').innerText()).replaceAll(/\s/g, '')))
      await button(scan, 'Turn on').click()
      return dialog(page, 'Save your recovery codes')
    },
    close: (page) => button(page, 'I saved them').click(),
  },
  { what: 'add a passkey', shows: ['account/settings/security/AddPasskeyDialog.tsx'], open: (page) => section(page, '#/settings/security', 'Add a passkey') },
  {
    what: 'rename a passkey',
    shows: ['account/settings/security/RenamePasskeyDialog.tsx'],
    async open(page) {
      await VirtualAuthenticator.plugInto(page)
      const adding = await section(page, '#/settings/security', 'Add a passkey')
      await adding.getByLabel('Name of the passkey').fill('Laptop')
      await adding.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await button(adding, 'Continue').click()
      await button(page, 'Rename Laptop').click()
      return dialog(page, 'Rename passkey')
    },
  },
  {
    what: 'sign out with something unsent',
    shows: ['account/SignOutDialog.tsx'],
    async open(page, stage) {
      await inRoom(page, stage)
      await page.context().setOffline(true)
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill('On its way')
      await page.keyboard.press('Enter')
      await page.getByText('On its way').first().waitFor()
      return account(page, 'Sign out')
    },
    close: (page) => page.context().setOffline(false),
  },
  {
    what: 'sign in again',
    shows: ['account/SignInAgainDialog.tsx'],
    async open(page) {
      await page.evaluate(() => fetch('/api/auth/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
      await button(page, 'Sign in again').click()
      return dialog(page, 'Sign in again')
    },
  },
]

const REQUIRED: readonly Row[] = [{ what: 'second step required', open: (page) => page.getByRole('heading', { name: 'Set up a second step' }) }]

/** All rows, by who looks at them and when. */
export const PAGES = { SIGNED_OUT, SIGNED_IN, NEWCOMER, CREW, CHANGED, REQUIRED }

/** A picture of one pixel. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
