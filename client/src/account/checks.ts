import { ERRORS } from '@chatflow/shared/errors'
import { USERNAME } from '@chatflow/shared/mentions'

type Wrong = Record<string, string>

/** What is wrong with a sign-up form before it is sent: a sentence per field. The server has the last word. */
export function checkRegistration(form: { email: string; username: string; displayName: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (!/^[^\s@]+@[^\s@]+$/.test(form.email.trim())) wrong['email'] = ERRORS.email_invalid.title
  if (!USERNAME.test(form.username.trim())) wrong['username'] = ERRORS.username_invalid.title
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = ERRORS.display_name_invalid.title
  if (Array.from(form.password).length < 10) wrong['password'] = ERRORS.password_too_short.title
  else if (new TextEncoder().encode(form.password).length > 72) wrong['password'] = ERRORS.password_too_long.title
  return wrong
}

/** What is wrong with new names of an account. */
export function checkNames(form: { displayName: string; username: string }): Wrong {
  const wrong: Wrong = {}
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = ERRORS.display_name_invalid.title
  if (!USERNAME.test(form.username.trim())) wrong['username'] = ERRORS.username_invalid.title
  return wrong
}

/** What is missing from a sign-in form. */
export function checkSignIn(form: { login: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (form.login.trim() === '') wrong['login'] = 'Enter your email address or your username.'
  if (form.password === '') wrong['password'] = 'Enter your password.'
  return wrong
}
