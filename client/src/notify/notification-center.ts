import { readNotifySettings } from '@chatflow/shared/notify/notify-settings'
import { quietUntil } from '@chatflow/shared/notify/quiet-hours'
import type { Id } from '@chatflow/shared/ids'
import type { ChatActions, ServerCalls } from '../chat/contract.ts'
import type { NotificationsView, RoomView } from '../chat/views.ts'
import { language, onLanguageChange } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import type { Platform, Timer } from '../platform/platform.ts'
import { waitingCount } from '../rooms/title-badge.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import { scopeOf } from '../sync/scope.ts'
import { DeviceTabs } from './device-tabs.ts'
import { NewMessages } from './new-messages.ts'
import { Notifier } from './notifier.ts'
import { pushEndedKey } from './push-ended.ts'
import { PushSubscriber } from './push-subscriber.ts'

/** Longest time, ms, until it is looked again whether it is to be quiet, and until what could not be kept is tried again. */
export const LOOK_AGAIN = 60_000

export type NotificationActions = Pick<ChatActions, 'askForNotifications' | 'putOffNotifications' | 'setNotificationsHere' | 'setPushHere' | 'tryNotification'>

export interface NotificationCenterOptions {
  platform: Platform
  call: ServerCalls['call']
  /** As they are shown. */
  rooms(): readonly RoomView[]
  /** A setting, own commands laid over it. */
  setting(key: string): unknown
  setSetting(key: string, value: unknown): Promise<void>
  /** The view is another one now. */
  onChange(): void
}

/** Whoever is signed in. */
interface Session {
  core: ChatCore
  /** Prefix of what is kept on this device. */
  key: string
  tabs: DeviceTabs
  news: NewMessages
  notifier: Notifier
  push: PushSubscriber
  /** The list of rooms has been the server's own. */
  listed: boolean
  /** Push is being switched off as another device asked, or that could not be cleared away a moment ago. */
  ending: boolean
  stops: (() => void)[]
}

/** Notifications of this page: when and what, whether they are wanted here, and the push subscription of the device. */
export class NotificationCenter {
  readonly actions: NotificationActions
  readonly #options: NotificationCenterOptions
  #session: Session | undefined
  #open: Id | undefined
  #attentive = true
  #away = false
  #badge = 0
  readonly #cursors = new Map<Id, number>()
  #timer: Timer | undefined

  constructor(options: NotificationCenterOptions) {
    this.#options = options
    const { platform, onChange } = options
    platform.notifications.onPermission(() => {
      onChange()
      void this.#keepUpPush()
    })
    platform.notifications.onShown(() => void this.#closeRead(this.#options.rooms()))
    platform.push.onChanged(() => void this.#keepUpPush())
    onLanguageChange(() => {
      platform.push.keepLanguage(language())
      void this.#keepUpPush()
    })
    this.actions = {
      askForNotifications: () => this.#ask(),
      putOffNotifications: () => this.#keep('later'),
      setNotificationsHere: (on) => this.#setHere(on),
      setPushHere: async (on) => (on ? this.#session?.push.turnOn() : this.#session?.push.turnOff()),
      tryNotification: () => this.#try(),
    }
  }

  view(): NotificationsView {
    const permission = this.#options.platform.notifications.permission()
    const session = this.#session
    const kept = session && this.#options.platform.keyValue.get(session.key)
    const until = session && quietUntil(readNotifySettings(this.#options.setting), session.core.now())
    return {
      permission,
      on: permission === 'granted' && kept !== 'off',
      offered: session !== undefined && permission === 'default' && kept === undefined,
      push: session?.push.state ?? 'unavailable',
      ...(until === undefined ? {} : { quietUntil: until }),
    }
  }

  enter(core: ChatCore): void {
    this.leave()
    const { platform, call, onChange } = this.#options
    const { clock, locks, keyValue, notifications, push: device } = platform
    const scope = scopeOf(core.user.id)
    const key = `${scope}:notifications`
    const tabs = new DeviceTabs({ clock, locks, channel: platform.openTabs(key), id: platform.newId(), lock: key })
    const notifier = new Notifier({
      clock,
      notifications,
      me: core.user.id,
      serverNow: () => core.serverClock.now(),
      speaks: () => tabs.leads && this.view().on,
      isLookedAt: (room) => tabs.isLookedAt(room),
      room: (id) => this.#options.rooms().find((room) => room.id === id),
      settings: (room) => readNotifySettings(this.#options.setting, room),
    })
    const push = new PushSubscriber({ clock, push: device, locks, keyValue, key: `${scope}:push`, device: core.device, language, call, onChange })
    const news = new NewMessages(core, (found) => notifier.take(found))
    const stops = [
      core.rooms.deleted.add((ids) => void this.#closeDeleted(ids)),
      core.connection.stateChanged.add(() => void this.#keepUpPush()),
    ]
    this.#session = { core, key, tabs, news, notifier, push, listed: false, ending: false, stops }
    device.keepLanguage(language())
    this.#look()
  }

  /** The page lets go of whoever is signed in. */
  leave(): void {
    const session = this.#session
    this.#session = undefined
    this.#options.platform.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    this.#cursors.clear()
    if (!session) return
    for (const stop of session.stops) stop()
    session.news.stop()
    session.notifier.stop()
    session.tabs.close()
  }

  /** Nobody is signed in any more: nothing that was said to them stays on the screen of the device. */
  async signedOut(): Promise<void> {
    const { notifications } = this.#options.platform
    const push = this.#session?.push
    this.leave()
    this.#setBadge(0)
    await push?.end()
    for (const { room } of await notifications.shown().catch(() => [])) await notifications.close(room)
  }

  /** Somebody has signed in, perhaps again where their session had ended: the push subscription belongs to the new one. */
  signedIn(): void {
    this.#session?.push.forgetTold()
    void this.#keepUpPush()
  }

  setOpen(room: Id | undefined): void {
    this.#open = room
    this.#look()
  }

  /** The page is in sight and has the focus. */
  setAttentive(attentive: boolean): void {
    this.#attentive = attentive
    this.#look()
  }

  /** Nobody has touched the page for a while. */
  setAway(away: boolean): void {
    this.#away = away
    this.#look()
  }

  /** The list of rooms has been made anew: what has been read is told of no longer, wherever it was read, and nothing of rooms that one is not in any more. */
  follow(rooms: readonly RoomView[]): void {
    const session = this.#session
    if (!session) return
    const first = this.#cursors.size === 0
    const risen = rooms.filter(({ id, cursor }) => cursor > (this.#cursors.get(id) ?? -1))
    for (const { id, cursor } of risen) this.#cursors.set(id, cursor)
    const gone = [...this.#cursors.keys()].filter((id) => !rooms.some((room) => room.id === id))
    for (const id of gone) this.#cursors.delete(id)
    // From before this start, too. Later a room may be told of before it is listed.
    const listed = !session.listed && session.core.mine.confirmed
    session.listed ||= listed
    if (risen.length > 0 || gone.length > 0 || first || listed) void this.#closeRead(rooms, (room) => listed || gone.includes(room))
    this.#setBadge(waitingCount(rooms))
    this.#wakeForQuiet()
    void this.#heedEnd(session)
  }

  /** Push was ended here by the person at another device: it stays so until they switch it on here again. */
  async #heedEnd(session: Session): Promise<void> {
    const key = pushEndedKey(session.core.device)
    if (session.ending || this.#options.setting(key) !== true) return
    session.ending = true
    try {
      await session.push.turnOff()
      // Signed out in the meantime.
      if (this.#session !== session) return
      await this.#options.setSetting(key, null)
      session.ending = false
    } catch {
      // The store is full, perhaps. Not at once again: each try makes another view, which leads here.
      const { clock } = this.#options.platform
      const timer = clock.setTimeout(() => (session.ending = false), LOOK_AGAIN)
      session.stops.push(() => clock.clearTimeout(timer))
    }
  }

  async #closeRead(rooms: readonly RoomView[], isGone: (room: Id) => boolean = () => false): Promise<void> {
    const { notifications } = this.#options.platform
    const cursors = new Map(rooms.map(({ id, cursor }) => [id, cursor]))
    for (const { room, seq } of await notifications.shown()) {
      const cursor = cursors.get(room)
      if (cursor === undefined ? isGone(room) : cursor >= seq) await notifications.close(room)
    }
  }

  /** R6: the text of a message that has been deleted does not stay on the screen. */
  async #closeDeleted(ids: ReadonlySet<Id>): Promise<void> {
    const { notifications } = this.#options.platform
    for (const { room, message } of await notifications.shown()) if (ids.has(message)) await notifications.close(room)
  }

  #look(): void {
    const room = this.#attentive && !this.#away ? this.#open : undefined
    this.#session?.tabs.look(room)
    this.#session?.core.presence.lookAt(room)
  }

  #setBadge(count: number): void {
    if (count === this.#badge) return
    this.#badge = count
    this.#options.platform.notifications.setBadge(count)
  }

  /** Quiet begins and ends by itself: the screen says so. */
  #wakeForQuiet(): void {
    const { clock } = this.#options.platform
    clock.clearTimeout(this.#timer)
    const { until, hours } = readNotifySettings(this.#options.setting)
    const left = until === undefined || until <= clock.now() ? Infinity : until - clock.now()
    const next = Math.min(left, hours?.on === true ? LOOK_AGAIN : Infinity)
    this.#timer = next === Infinity ? undefined : clock.setTimeout(() => this.#options.onChange(), Math.min(next, 86_400_000))
  }

  async #ask(): Promise<void> {
    const { platform, onChange } = this.#options
    if ((await platform.notifications.ask()) === 'granted') this.#keep(undefined)
    onChange()
    await this.#keepUpPush()
  }

  #setHere(on: boolean): void {
    this.#keep(on ? undefined : 'off')
    const push = this.#session?.push
    if (on) void this.#keepUpPush()
    else if (push !== undefined && push.state !== 'off' && push.state !== 'unavailable') void push.pause()
  }

  #keep(value: 'later' | 'off' | undefined): void {
    const key = this.#session?.key
    if (key === undefined) return
    if (value === undefined) this.#options.platform.keyValue.remove(key)
    else this.#options.platform.keyValue.set(key, value)
    this.#options.onChange()
  }

  async #keepUpPush(): Promise<void> {
    const session = this.#session
    if (session?.core.isOnline === true && this.view().on) await session.push.keepUp()
  }

  async #try(): Promise<void> {
    const { notifications } = this.#options.platform
    const { sound } = readNotifySettings(this.#options.setting)
    const bySystem = sound && !notifications.playSound()
    await notifications.show({ title: 'ChatFlow', body: t('notifications.tryText'), icon: '/icons/icon-192.png', silent: !bySystem })
  }
}
