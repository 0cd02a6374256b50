import type { ReactNode } from 'react'

/** Why something was not done, said by screen readers at once; nothing where there is nothing to say. */
export function FormError({ children }: { children: ReactNode }) {
  if (children === undefined) return null
  return (
    <p className="form-error" role="alert">
      {children}
    </p>
  )
}
