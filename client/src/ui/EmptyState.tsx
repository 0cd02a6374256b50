import type { ReactNode } from 'react'
import './empty-state.css'

interface Props {
  icon?: ReactNode
  title: string
  /** Where nothing else names the page, it is the page's own heading. */
  level?: 1 | 2
  children?: ReactNode
  actions?: ReactNode
}

/** What a place says when there is nothing in it yet: what it is for, and what to do next. */
export function EmptyState({ icon, title, level = 2, children, actions }: Props) {
  const Heading = `h${level}` as const
  return (
    <div className="empty">
      {icon !== undefined && (
        <div className="empty-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <Heading className="empty-title">{title}</Heading>
      {children !== undefined && <p className="empty-text">{children}</p>}
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
