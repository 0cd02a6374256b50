/** The token of the newest link that the server at `url` has written to this address, from the page where its operator reads mails. */
export async function linkSentTo(url: string, address: string, page: 'verify' | 'reset'): Promise<string> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const answer = await fetch(`${url}/dev/mail`)
    const mails = (await answer.text()).split('<article')
    const mail = mails.find((text) => text.includes(`To ${address} `) && text.includes(`#/${page}/`))
    const token = new RegExp(`#/${page}/([\\w-]+)`).exec(mail ?? '')?.[1]
    if (token !== undefined) return token
    if (Date.now() > deadline) throw new Error(`No mail with a link came to ${address}: ${answer.status}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Uses the link that registering has sent: the account may do everything from now on. */
export async function confirmAddress(url: string, address: string): Promise<void> {
  const token = await linkSentTo(url, address, 'verify')
  const answer = await fetch(`${url}/api/auth/email/verify`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
  if (!answer.ok) throw new Error(`The address was not confirmed: ${await answer.text()}`)
}
