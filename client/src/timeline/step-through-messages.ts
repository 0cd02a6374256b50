/** Moves the focus to the message above or below the focused one; from the log itself, to its last message on the screen. Where there is no further one, from its buttons to the message. */
export function stepThroughMessages(log: HTMLElement, step: 1 | -1): void {
  const messages = Array.from(log.querySelectorAll<HTMLElement>('[data-message]'))
  const index = messages.findIndex((message) => message.contains(document.activeElement))
  const bottom = log.getBoundingClientRect().bottom
  const next = index === -1 ? messages.findLast((message) => message.getBoundingClientRect().top < bottom) : (messages[index + step] ?? messages[index])
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
