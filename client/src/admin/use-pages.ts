import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Answer } from '../chat/contract.ts'
import type { Sentence } from '../i18n/sentence.ts'

export interface Page<T> {
  items: readonly T[]
  more: boolean
}

interface State<T> {
  /** Of which list these are. */
  key: string
  items: readonly T[]
  more: boolean
  busy: boolean
  /** Why nothing more came. */
  problem?: Sentence
}

export interface Pages<T> extends Omit<State<T>, 'key'> {
  /** The first page has not come yet. */
  waiting: boolean
  loadMore(): void
  reload(): void
  /** Puts a changed item in the place of the old one; undefined takes it out. */
  replace(old: T, item: T | undefined): void
}

/** ms of pause in typing after which the list of another `key` is asked for. */
const PAUSE = 200

/** A list of the server that comes page by page. `load` gets the last item that is there; another `key` is another list. */
export function usePages<T>(key: string, load: (last: T | undefined) => Promise<Answer<Page<T>>>): Pages<T> {
  const [state, setState] = useState<State<T>>({ key, items: [], more: false, busy: true })
  const [round, setRound] = useState(0)
  const turn = useRef(0)
  const started = useRef(false)

  async function fetchAfter(items: readonly T[]): Promise<void> {
    const mine = ++turn.current
    setState((before) => ({ key: before.key, items: before.items, more: before.more, busy: true }))
    const answer = await load(items.at(-1))
    // Another list was asked for meanwhile.
    if (mine !== turn.current) return
    if (answer.ok) setState({ key, items: [...items, ...answer.value.items], more: answer.value.more, busy: false })
    else setState({ key, items, more: items.length > 0, busy: false, problem: answer.says })
  }

  const fetchFirst = useEffectEvent(() => fetchAfter([]))
  useEffect(() => {
    const first = !started.current
    started.current = true
    const timer = setTimeout(() => void fetchFirst(), first ? 0 : PAUSE)
    return () => {
      clearTimeout(timer)
      turn.current += 1
    }
  }, [key, round])

  const { items, more, busy, problem } = state
  return {
    items,
    more,
    busy,
    ...(problem === undefined ? {} : { problem }),
    waiting: busy && items.length === 0,
    loadMore: () => {
      if (!busy) void fetchAfter(items)
    },
    reload: () => setRound(round + 1),
    replace: (old, item) => setState((before) => ({ ...before, items: before.items.flatMap((one) => (one === old ? (item === undefined ? [] : [item]) : [one])) })),
  }
}
