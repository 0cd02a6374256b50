import { useState } from 'react'
import type { FormEvent } from 'react'
import type { FormResult } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'

type Fields = Record<string, string>

/** State of an account form: values, one sentence per wrong field, one for the whole, and whether an answer is awaited. */
export function useForm<T extends Fields>(initial: T, check: (values: T) => Fields, send: (values: T) => Promise<FormResult>) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Fields>({})
  const [message, setMessage] = useState<string>()
  const [busy, setBusy] = useState(false)

  const set = (field: keyof T & string) => (value: string) => {
    setValues({ ...values, [field]: value })
    if (errors[field] !== undefined) setErrors(Object.fromEntries(Object.entries(errors).filter(([name]) => name !== field)))
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const wrong = check(values)
    setErrors(wrong)
    setMessage(undefined)
    if (Object.keys(wrong).length > 0) return focusFirst(form, wrong)
    setBusy(true)
    const result = await send(values).catch((): FormResult => ({ ok: false, code: 'internal', message: t('account.wentWrong') }))
    setBusy(false)
    if (result.ok) return
    const known = Object.entries(result.fields ?? {}).filter(([name]) => name in values)
    setErrors(Object.fromEntries(known))
    if (known.length === 0) setMessage(result.message)
    else focusFirst(form, Object.fromEntries(known))
  }

  return { values, errors, message, busy, set, submit }
}

function focusFirst(form: HTMLFormElement, wrong: Fields): void {
  const first = Array.from(form.elements).find((element) => element instanceof HTMLInputElement && element.name in wrong)
  if (first instanceof HTMLElement) first.focus()
}
