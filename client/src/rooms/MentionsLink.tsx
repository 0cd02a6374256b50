import AlternateEmailRounded from '@mui/icons-material/AlternateEmailRounded'
import type { Id } from '@chatflow/shared/ids'
import { formatRoute } from '../app/route.ts'
import { KEYS, strokeWords } from '../app/keys.ts'
import { t } from '../i18n/translate.ts'
import { mentionsRoute } from './mentions-route.ts'

/** In the sidebar: leads to everywhere one was mentioned. */
export function MentionsLink({ open }: { open: Id | undefined }) {
  return (
    <a className="sidebar-link" href={formatRoute(mentionsRoute(open))} title={t('rooms.mentionsKeys', { keys: strokeWords(KEYS.mentions).join(' ') })}>
      <AlternateEmailRounded fontSize="small" aria-hidden="true" />
      {t('rooms.mentions')}
    </a>
  )
}
