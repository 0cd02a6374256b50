import type { NotifyLevel } from '@chatflow/shared/notify/notify-settings'
import { t } from '../i18n/translate.ts'

/** Levels of what is to be noticed, as they are offered for all rooms. */
export function levels(): { value: NotifyLevel; title: string; text: string }[] {
  return [
    { value: 'all', title: t('rooms.levelAll'), text: t('rooms.levelAllText') },
    { value: 'mentions', title: t('rooms.levelMentions'), text: t('rooms.levelMentionsText') },
    { value: 'none', title: t('rooms.levelNone'), text: t('rooms.levelNoneText') },
  ]
}

/** A room's own level; `default`: it has none. */
export type RoomLevel = NotifyLevel | 'default'

const NOW = { all: 'rooms.nowAll', mentions: 'rooms.nowMentions', none: 'rooms.nowNone' } as const

/** The same for one room, which may do as all the others. */
export function roomLevels(forAll: NotifyLevel): { value: RoomLevel; title: string; text: string }[] {
  return [
    { value: 'default', title: t('rooms.levelDefault'), text: t(NOW[forAll]) },
    { value: 'all', title: t('rooms.levelAll'), text: t('rooms.levelAllHere') },
    { value: 'mentions', title: t('rooms.levelMentions'), text: t('rooms.levelMentionsHere') },
    { value: 'none', title: t('rooms.levelMuted'), text: t('rooms.levelMutedHere') },
  ]
}
