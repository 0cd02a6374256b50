import { ERRORS } from '@chatflow/shared/errors'
import { USERNAME } from '@chatflow/shared/mentions'
import { isPersonalPassword } from '@chatflow/shared/personal-password'

const EMAIL = /^[^\s@]+@[^\s@]+$/
type Wrong = Record<string, string>

/** What is wrong with a sign-up form before it is sent: a sentence per field. The server has the last word. */
export function checkRegistration(form: { email: string; username: string; displayName: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (!EMAIL.test(form.email.trim())) wrong['email'] = ERRORS.email_invalid.title
  if (!USERNAME.test(form.username.trim())) wrong['username'] = ERRORS.username_invalid.title
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = ERRORS.display_name_invalid.title
  const problem = newPasswordProblem(form.password, [form.email, form.username, form.displayName])
  if (problem !== undefined) wrong['password'] = problem
  return wrong
}

/** What is wrong with new names of an account. */
export function checkNames(form: { displayName: string; username: string }): Wrong {
  const wrong: Wrong = {}
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = ERRORS.display_name_invalid.title
  if (!USERNAME.test(form.username.trim())) wrong['username'] = ERRORS.username_invalid.title
  return wrong
}

/** What is wrong with a new password as far as it can be seen here. `about`: what others know of the person. */
export function newPasswordProblem(password: string, about: readonly string[]): string | undefined {
  if (Array.from(password).length < 10) return ERRORS.password_too_short.title
  if (new TextEncoder().encode(password).length > 72) return ERRORS.password_too_long.title
  return isPersonalPassword(password, [...about, location.hostname]) ? ERRORS.password_personal.title : undefined
}

/** What is wrong with a form that asks for a mail. */
export function checkEmail(form: { email: string }): Wrong {
  return EMAIL.test(form.email.trim()) ? {} : { email: ERRORS.email_invalid.title }
}

/** What is missing from a sign-in form. */
export function checkSignIn(form: { login: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (form.login.trim() === '') wrong['login'] = 'Enter your email address or your username.'
  if (form.password === '') wrong['password'] = 'Enter your password.'
  return wrong
}

/** What is missing from a form that asks for a code. */
export function checkCode(form: { code: string }): Wrong {
  return form.code.trim() === '' ? { code: 'Enter the code.' } : {}
}

/** What is missing from a form that asks for the password again. */
export function checkPassword(form: { password: string }): Wrong {
  return form.password === '' ? { password: 'Enter your password.' } : {}
}

/** What is missing from the name of a passkey. */
export function checkPasskeyName(form: { name: string }): Wrong {
  return form.name.trim() === '' ? { name: 'Give it a name.' } : {}
}

/** What is missing from the form that adds a passkey. */
export function checkNewPasskey(form: { name: string; password: string }): Wrong {
  return { ...checkPasskeyName(form), ...checkPassword(form) }
}
