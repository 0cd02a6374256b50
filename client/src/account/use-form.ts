import { useState } from 'react'
import type { FormEvent } from 'react'
import type { FormResult } from '../chat/contract.ts'
import { said, sentence, type Sentence } from '../i18n/sentence.ts'
import { useSentence } from '../i18n/use-sentence.ts'

type Fields = Record<string, string>
/** What is wrong with fields, by their names. */
export type Wrong = Readonly<Record<string, Sentence>>

/** State of an account form: values, one sentence per wrong field, one for the whole, and whether an answer is awaited. */
export function useForm<T extends Fields>(initial: T, check: (values: T) => Wrong, send: (values: T) => Promise<FormResult>) {
  const [values, setValues] = useState(initial)
  const [errors, setErrors] = useState<Wrong>({})
  const [message, setMessage] = useSentence()
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
    const result = await send(values).catch((): FormResult => ({ ok: false, code: 'internal', says: sentence('account.wentWrong') }))
    setBusy(false)
    if (result.ok) return
    const known = Object.entries(result.fields ?? {}).filter(([name]) => name in values)
    setErrors(Object.fromEntries(known))
    if (known.length === 0) setMessage(result.says)
    else focusFirst(form, Object.fromEntries(known))
  }

  return { values, errors: Object.fromEntries(Object.entries(errors).map(([field, says]) => [field, said(says)])), message, busy, set, submit }
}

function focusFirst(form: HTMLFormElement, wrong: Wrong): void {
  const first = Array.from(form.elements).find((element) => element instanceof HTMLInputElement && element.name in wrong)
  if (first instanceof HTMLElement) first.focus()
}
