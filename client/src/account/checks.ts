import { USERNAME } from '@chatflow/shared/mentions'
import { isPersonalPassword } from '@chatflow/shared/personal-password'
import { t } from '../i18n/translate.ts'

const EMAIL = /^[^\s@]+@[^\s@]+$/
type Wrong = Record<string, string>

/** What is wrong with a sign-up form before it is sent: a sentence per field. The server has the last word. */
export function checkRegistration(form: { email: string; username: string; displayName: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (!EMAIL.test(form.email.trim())) wrong['email'] = t('errors.email_invalid')
  if (!USERNAME.test(form.username.trim())) wrong['username'] = t('errors.username_invalid')
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = t('errors.display_name_invalid')
  const problem = newPasswordProblem(form.password, [form.email, form.username, form.displayName])
  if (problem !== undefined) wrong['password'] = problem
  return wrong
}

/** What is wrong with new names of an account. */
export function checkNames(form: { displayName: string; username: string }): Wrong {
  const wrong: Wrong = {}
  if (form.displayName.trim() === '' || form.displayName.trim().length > 64) wrong['displayName'] = t('errors.display_name_invalid')
  if (!USERNAME.test(form.username.trim())) wrong['username'] = t('errors.username_invalid')
  return wrong
}

/** What is wrong with a new password as far as it can be seen here. `about`: what others know of the person. */
export function newPasswordProblem(password: string, about: readonly string[]): string | undefined {
  if (Array.from(password).length < 10) return t('errors.password_too_short')
  if (new TextEncoder().encode(password).length > 72) return t('errors.password_too_long')
  return isPersonalPassword(password, [...about, location.hostname]) ? t('errors.password_personal') : undefined
}

/** What is wrong with a form that asks for a mail. */
export function checkEmail(form: { email: string }): Wrong {
  return EMAIL.test(form.email.trim()) ? {} : { email: t('errors.email_invalid') }
}

/** What is missing from a sign-in form. */
export function checkSignIn(form: { login: string; password: string }): Wrong {
  const wrong: Wrong = {}
  if (form.login.trim() === '') wrong['login'] = t('account.enterLogin')
  if (form.password === '') wrong['password'] = t('account.enterPassword')
  return wrong
}

/** What is missing from a form that asks for a code. */
export function checkCode(form: { code: string }): Wrong {
  return form.code.trim() === '' ? { code: t('account.enterCode') } : {}
}

/** What is missing from a form that asks for the password again. */
export function checkPassword(form: { password: string }): Wrong {
  return form.password === '' ? { password: t('account.enterPassword') } : {}
}

/** What is missing from the name of a passkey. */
export function checkPasskeyName(form: { name: string }): Wrong {
  return form.name.trim() === '' ? { name: t('account.giveName') } : {}
}

/** What is missing from the form that adds a passkey. */
export function checkNewPasskey(form: { name: string; password: string }): Wrong {
  return { ...checkPasskeyName(form), ...checkPassword(form) }
}
