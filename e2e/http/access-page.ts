import { exceptionsList, routesTable } from './access-table.ts'
import { commandsTable, doneAlreadyList } from './commands.ts'
import { currentDescription } from './serve.ts'

/** docs/ACCESS.md as it should be: who may do what, from the declared access of each route, the schema of each command, and `can()`. */
export async function accessPage(): Promise<string> {
  const { operations } = await currentDescription()
  return `# Who may do what

Made by \`node tools/access.ts\` from what each route declares, the schemas of commands, and \`can()\`; \`npm test\` fails if it is not current.
That the servers really answer like this is tested for every cell, on both databases: \`e2e/http/access-table.int.test.ts\`, \`e2e/http/commands.int.test.ts\`.

The eight: **anonymous** has no account. The **guest** was let into the room. The **outsider** has an account and is not in it. **member**, **moderator** and
**owner** are in it. **unconfirmed** is an owner too, whose email address is not confirmed. The **admin** of the server is not: being admin opens no private room, and in public ones allows moderating.

## Routes

✓ let in, 401 not signed in, 403 may not, 404 to them it does not exist. Where a path names an object: of one's own · of others.

${routesTable(operations)}

**recent**: whoever asks has signed in or confirmed that it is them within the last 10 minutes, else 403 \`confirmation_required\`. **without factor**: also open to those who must
set up a second factor first; to them everything else that wants a session answers 403 \`second_factor_missing\`.

Where the answer is another than what is declared:

${exceptionsList()}

## Commands

In a private room unless said otherwise. ✓ accepted, – rejected, and nothing has changed.

${commandsTable()}

What is so already is accepted from anybody, and nothing changes:

${doneAlreadyList()}
`
}
