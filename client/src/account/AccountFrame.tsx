import type { ReactNode } from 'react'
import { Logo } from '../ui/Logo.tsx'
import { LanguageButtons } from './LanguageButtons.tsx'
import './account.css'

interface Props {
  title: string
  text?: ReactNode
  children?: ReactNode
  foot?: ReactNode
}

/** A page about an account that stands by itself: one card in the middle, on a phone the whole screen. */
export function AccountFrame({ title, text, children, foot }: Props) {
  return (
    <main className="account">
      <div className="account-card">
        <div className="account-brand">
          <Logo size={40} />
          <span>ChatFlow</span>
        </div>
        <div>
          <h1 className="account-title">{title}</h1>
          {text !== undefined && <p className="text-2">{text}</p>}
        </div>
        {children}
      </div>
      <footer className="account-foot">
        {foot !== undefined && <p>{foot}</p>}
        <LanguageButtons />
      </footer>
    </main>
  )
}
