import type { Report, ReportsPage } from '@chatflow/shared/api/moderation'
import { useEffect, useState } from 'react'
import { useChatState, useServer } from '../app/chat-context.tsx'
import type { Answer, Refusal, ServerCalls } from '../chat/contract.ts'
import { sentence, type Sentence } from '../i18n/sentence.ts'
import { useSentence } from '../i18n/use-sentence.ts'

const PAGE = 30

export interface Reports {
  /** Undefined while nothing has come yet. */
  list: readonly Report[] | undefined
  /** A sentence, if they could not be loaded. */
  problem: string | undefined
  hasMore: boolean
  loadMore(): void
}

/** Reports from the server, the newest first; asked for again when the number of open ones changes, when all that was decided here has been answered, and when the network is back. */
export function useReports(state: 'open' | 'resolved'): Reports {
  const server = useServer()
  const { open, online, settled } = useChatState((chat) => ({ open: chat.openReports, online: chat.connection.state === 'connected', settled: chat.undelivered === 0 }))
  const [list, setList] = useState<readonly Report[]>()
  const [problem, setProblem] = useSentence()
  const [hasMore, setHasMore] = useState(false)

  useEffect(() => {
    let stale = false
    void ask(server, state).then((answer) => {
      if (stale) return
      setProblem(answer.ok ? undefined : sentenceOf(answer))
      if (!answer.ok) return
      setList(answer.value.reports)
      setHasMore(answer.value.reports.length === PAGE)
    })
    return () => {
      stale = true
    }
  }, [server, state, open, online, settled, setProblem])

  const loadMore = () => {
    void ask(server, state, list?.at(-1)?.id).then((answer) => {
      setProblem(answer.ok ? undefined : sentenceOf(answer))
      if (!answer.ok) return
      setList((before = []) => [...before, ...answer.value.reports.filter(({ id }) => !before.some((report) => report.id === id))])
      setHasMore(answer.value.reports.length === PAGE)
    })
  }
  return { list, problem, hasMore, loadMore }
}

function ask(server: ServerCalls, state: 'open' | 'resolved', before?: string): Promise<Answer<ReportsPage>> {
  return server.call('GET', `/api/reports?state=${state}&limit=${PAGE}${before === undefined ? '' : `&before=${before}`}`)
}

function sentenceOf({ code, says }: Refusal): Sentence {
  return code === 'offline' ? sentence('moderation.whenOnline') : says
}
