import type { PushSubscriptionInfo } from '@chatflow/shared/api/push'
import NotificationsActiveOutlined from '@mui/icons-material/NotificationsActiveOutlined'
import Button from '@mui/material/Button'
import { useEffect } from 'react'
import { useActions, useChatState, useServer } from '../app/chat-context.tsx'
import { NotLoaded } from '../account/settings/NotLoaded.tsx'
import { useAnswer } from '../account/settings/use-answer.ts'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'
import { useToday } from '../ui/use-today.ts'
import { FormError } from '../ui/FormError.tsx'
import { pushEndedKey } from './push-ended.ts'
import { pushTimes, serviceName } from './push-words.ts'

const PATH = '/api/push/subscriptions'

/** All devices that are told of messages while no page is open there. */
export function PushDevices() {
  const { call } = useServer()
  const { setPushHere, setSetting } = useActions()
  const push = useChatState((state) => state.notifications.push)
  const today = useToday()
  const { value, message, reload } = useAnswer<{ subscriptions: PushSubscriptionInfo[] }>(PATH)
  const [refusal, setRefusal] = useSentence()
  const [note, setNote] = useSentence()
  // This device has come or gone.
  useEffect(reload, [push, reload])

  async function end({ id, device, current }: PushSubscriptionInfo): Promise<void> {
    setNote(undefined)
    try {
      if (current) await setPushHere(false)
      else await setSetting(pushEndedKey(device), true)
    } catch {
      // The other device would make a new one.
      return setRefusal(sentence('common.notKept'))
    }
    const answer = await call('DELETE', `${PATH}/${id}`)
    // The other device ends it by itself as soon as it hears of the setting, which waits here until then.
    const waits = !answer.ok && answer.code === 'offline' && !current
    if (waits) setNote(sentence('notifications.endsOnceConnected'))
    // One that is gone already is what was asked for.
    setRefusal(answer.ok || answer.code === 'not_found' || waits ? undefined : answer.says)
    reload()
  }

  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('notifications.pushDevices')}</h3>
      <FormError>{refusal}</FormError>
      {note !== undefined && (
        <p className="text-2" role="status">
          {note}
        </p>
      )}
      {value === undefined ? (
        <NotLoaded message={message} onRetry={reload} />
      ) : value.subscriptions.length === 0 ? (
        <p className="text-2">{t('notifications.noPushDevices')}</p>
      ) : (
        <ul className="setting-list" aria-label={t('notifications.pushDevices')}>
          {value.subscriptions.map((subscription) => {
            const name = subscription.current ? t('notifications.thisDevice', { service: serviceName(subscription.service) }) : serviceName(subscription.service)
            return (
              <li key={subscription.id} className="setting-item">
                <NotificationsActiveOutlined fontSize="small" aria-hidden="true" />
                <div className="setting-item-lines">
                  <div className="ellipsis">{name}</div>
                  <div className="text-3">{pushTimes(subscription, today)}</div>
                </div>
                <Button size="small" color="error" aria-label={t('notifications.endPushOf', { name })} onClick={() => void end(subscription)}>
                  {t('notifications.endPush')}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
