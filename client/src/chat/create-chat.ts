import { navigate } from '../app/use-route.ts'
import { onLanguageChange } from '../i18n/language.ts'
import { createBrowserPlatform } from '../platform/browser-platform.ts'
import { afterLeave } from '../platform/page-leave.ts'
import { registerServiceWorker } from '../platform/service-worker.ts'
import { ChatController } from './chat-controller.ts'
import type { Chat } from './contract.ts'
import { followAttention } from './follow-attention.ts'
import { followInput } from './follow-input.ts'

/** The chat of this page. Opens by itself: first from what is on this device, then over the network. */
export function createChat(): Chat {
  const platform = createBrowserPlatform()
  const controller = new ChatController(platform)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') controller.cameBack()
  })
  afterLeave(() => controller.leaves())
  followInput((away) => controller.setAway(away))
  followAttention((attentive) => controller.setAttentive(attentive))
  platform.notifications.onOpen(({ room, seq }) => navigate({ room, at: seq }))
  // Names for what has none are words, too.
  onLanguageChange(() => controller.languageChanged())
  registerServiceWorker((apply) => controller.offerUpdate(apply))
  void controller.start()
  return controller.chat
}
