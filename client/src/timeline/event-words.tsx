import type { ReactNode } from 'react'
import type { MessageView } from '../chat/views.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'

/** What happened, in a sentence without its time. Names and what people wrote stand in their own direction. */
export function eventWords({ event, author, mine, eventUser }: MessageView): ReactNode {
  const who = <bdi>{author.displayName}</bdi>
  const whom = eventUser === undefined ? t('timeline.someone') : <bdi>{eventUser.displayName}</bdi>
  switch (event?.type) {
    case 'created':
      return mine ? t('timeline.createdByMe') : rich('timeline.created', { who })
    case 'joined':
      return mine ? t('timeline.joinedMe') : rich('timeline.joined', { who })
    case 'left':
      return mine ? t('timeline.leftMe') : rich('timeline.left', { who })
    case 'added':
      return mine ? rich('timeline.addedByMe', { whom }) : rich('timeline.added', { who, whom })
    case 'removed':
      return mine ? rich('timeline.removedByMe', { whom }) : rich('timeline.removed', { who, whom })
    case 'banned':
      return mine ? rich('timeline.bannedByMe', { whom }) : rich('timeline.banned', { who, whom })
    case 'renamed': {
      const name = <bdi>{event.name}</bdi>
      return mine ? rich('timeline.renamedByMe', { name }) : rich('timeline.renamed', { who, name })
    }
    case 'topic': {
      const topic = <bdi>{event.topic}</bdi>
      if (event.topic === '') return mine ? t('timeline.noTopicByMe') : rich('timeline.noTopic', { who })
      return mine ? rich('timeline.topicByMe', { topic }) : rich('timeline.topic', { who, topic })
    }
    case 'archived':
      return mine ? t('timeline.archivedByMe') : rich('timeline.archived', { who })
    case 'unarchived':
      return mine ? t('timeline.unarchivedByMe') : rich('timeline.unarchived', { who })
    default:
      // A newer server may know events that this client does not.
      return mine ? t('timeline.changedByMe') : rich('timeline.changed', { who })
  }
}
