import type { ReactNode } from 'react'
import './empty-state.css'

interface Props {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
}

/** What a place says when there is nothing in it yet: what it is for, and what to do next. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className="empty">
      {icon !== undefined && (
        <div className="empty-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <h2 className="empty-title">{title}</h2>
      {children !== undefined && <p className="empty-text">{children}</p>}
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
