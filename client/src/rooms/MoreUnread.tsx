import KeyboardArrowDownRounded from '@mui/icons-material/KeyboardArrowDownRounded'
import KeyboardArrowUpRounded from '@mui/icons-material/KeyboardArrowUpRounded'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { t } from '../i18n/translate.ts'

interface Props {
  /** What scrolls. */
  list: RefObject<HTMLElement | null>
  /** Changes with the list: then it is looked at again. */
  rooms: unknown
}

interface Outside {
  above: boolean
  below: boolean
}

/** Says that there are unread rooms further up or down the list, and goes there. */
export function MoreUnread({ list, rooms }: Props) {
  const [outside, setOutside] = useState<Outside>({ above: false, below: false })
  useEffect(() => {
    const element = list.current
    if (element === null) return
    const look = () => setOutside((before) => keepSame(before, lookAt(element)))
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [list, rooms])

  const go = (where: 'above' | 'below') => {
    const { first, last } = unreadOf(list.current)
    ;(where === 'above' ? first : last)?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }
  return (
    <>
      {outside.above && (
        <button type="button" className="more-unread more-unread-above" onClick={() => go('above')}>
          <KeyboardArrowUpRounded fontSize="small" aria-hidden="true" />
          {t('rooms.moreUnreadAbove')}
        </button>
      )}
      {outside.below && (
        <button type="button" className="more-unread more-unread-below" onClick={() => go('below')}>
          <KeyboardArrowDownRounded fontSize="small" aria-hidden="true" />
          {t('rooms.moreUnreadBelow')}
        </button>
      )}
    </>
  )
}

function unreadOf(list: HTMLElement | null): { first?: Element | undefined; last?: Element | undefined } {
  const links = list?.querySelectorAll('.room-link-unread')
  return links === undefined ? {} : { first: links[0], last: links[links.length - 1] }
}

function lookAt(list: HTMLElement): Outside {
  const { first, last } = unreadOf(list)
  if (first === undefined || last === undefined) return { above: false, below: false }
  const { top, bottom } = list.getBoundingClientRect()
  return { above: first.getBoundingClientRect().bottom <= top, below: last.getBoundingClientRect().top >= bottom }
}

function keepSame(before: Outside, after: Outside): Outside {
  return before.above === after.above && before.below === after.below ? before : after
}
