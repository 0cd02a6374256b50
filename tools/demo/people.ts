/** The team of the demo: a small company that sells ferry tickets. They all have the same password, printed at the start. */
export const DEMO_PASSWORD = 'harbour-lights'

export interface DemoPerson {
  username: string
  displayName: string
}

/** The first one becomes admin. */
export const PEOPLE = [
  { username: 'mira', displayName: 'Mira Lindqvist' },
  { username: 'jonas', displayName: 'Jonas Abara' },
  { username: 'priya', displayName: 'Priya Raman' },
  { username: 'tomas', displayName: 'Tomás Vidal' },
  { username: 'lena', displayName: 'Lena Hoffmann' },
  { username: 'kofi', displayName: 'Kofi Mensah' },
  { username: 'yuki', displayName: 'Yuki Arai' },
  { username: 'sam', displayName: 'Sam Carter' },
] as const satisfies readonly DemoPerson[]

export type Username = (typeof PEOPLE)[number]['username']
