import type { PersonView } from '../chat/views.ts'

/** Everyone known in a room, each once: members first, then those a direct conversation is with. */
export function mergePeople(...lists: (readonly PersonView[])[]): PersonView[] {
  const byId = new Map<string, PersonView>()
  for (const person of lists.flat()) if (!byId.has(person.id)) byId.set(person.id, person)
  return [...byId.values()]
}
