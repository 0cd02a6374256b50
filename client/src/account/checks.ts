import { USERNAME } from '@chatflow/shared/mentions'
import { isPersonalPassword } from '@chatflow/shared/personal-password'
import { sentence, type Sentence } from '../i18n/sentence.ts'
import type { Wrong } from './use-form.ts'

const EMAIL = /^[^\s@]+@[^\s@]+$/

/** What is wrong with a sign-up form before it is sent: a sentence per field. The server has the last word. */
export function checkRegistration(form: { email: string; username: string; displayName: string; password: string }): Wrong {
  const wrong: Record<string, Sentence> = {}
  if (!EMAIL.test(form.email.trim())) wrong['email'] = sentence('errors.email_invalid')
  if (!USERNAME.test(form.username.trim())) wrong['username'] = sentence('errors.username_invalid')
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = sentence('errors.display_name_invalid')
  const problem = newPasswordProblem(form.password, [form.email, form.username, form.displayName])
  if (problem !== undefined) wrong['password'] = problem
  return wrong
}

/** What is wrong with new names of an account. */
export function checkNames(form: { displayName: string; username: string }): Wrong {
  const wrong: Record<string, Sentence> = {}
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = sentence('errors.display_name_invalid')
  if (!USERNAME.test(form.username.trim())) wrong['username'] = sentence('errors.username_invalid')
  return wrong
}

/** What is wrong with a new password as far as it can be seen here. `about`: what others know of the person. */
export function newPasswordProblem(password: string, about: readonly string[]): Sentence | undefined {
  if (Array.from(password).length < 10) return sentence('errors.password_too_short')
  if (new TextEncoder().encode(password).length > 72) return sentence('errors.password_too_long')
  return isPersonalPassword(password, [...about, location.hostname]) ? sentence('errors.password_personal') : undefined
}

/** What is wrong with a form that asks for a mail. */
export function checkEmail(form: { email: string }): Wrong {
  return EMAIL.test(form.email.trim()) ? {} : { email: sentence('errors.email_invalid') }
}

/** What is missing from a sign-in form. */
export function checkSignIn(form: { login: string; password: string }): Wrong {
  const wrong: Record<string, Sentence> = {}
  if (form.login.trim() === '') wrong['login'] = sentence('account.enterLogin')
  if (form.password === '') wrong['password'] = sentence('account.enterPassword')
  return wrong
}

/** What is missing from a form that asks for a code. */
export function checkCode(form: { code: string }): Wrong {
  return form.code.trim() === '' ? { code: sentence('account.enterCode') } : {}
}

/** What is missing from a form that asks for the password again. */
export function checkPassword(form: { password: string }): Wrong {
  return form.password === '' ? { password: sentence('account.enterPassword') } : {}
}

/** What is missing from the name of a passkey. */
export function checkPasskeyName(form: { name: string }): Wrong {
  return form.name.trim() === '' ? { name: sentence('account.giveName') } : {}
}

/** What is missing from the form that adds a passkey. */
export function checkNewPasskey(form: { name: string; password: string }): Wrong {
  return { ...checkPasskeyName(form), ...checkPassword(form) }
}
