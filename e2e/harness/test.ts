import { expect, test as base } from '@playwright/test'
import { Person } from './person.ts'
import { TestServer } from './server.ts'

interface Fixtures {
  /** Makes a person with a browser and an account of their own; all are sent home at the end. */
  person(name: string): Promise<Person>
}

/** Tests share one server; each brings its own people and rooms. */
export const test = base.extend<Fixtures, { server: TestServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern
    async ({}, use) => {
      const server = await TestServer.start()
      await use(server)
      await server.dispose()
    },
    { scope: 'worker' },
  ],
  person: async ({ browser, server }, use) => {
    const people: Person[] = []
    await use(async (name) => {
      const someone = await Person.create(browser, server.url, name)
      people.push(someone)
      return someone
    })
    for (const someone of people) await someone.close()
    expect(people.flatMap((someone) => someone.faults)).toEqual([])
  },
})

export { expect } from '@playwright/test'
