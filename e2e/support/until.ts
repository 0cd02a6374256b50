/** Resolves when `condition` holds, looking again every 20 ms; fails after `within` ms. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, within = 10_000): Promise<void> {
  const deadline = Date.now() + within
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
