/**
 * One thing said in a scene. `by` is a place in the scene's cast (0, 1, 2, ...), filled anew each time the scene is played.
 * In `text`, {a|b|c} is replaced by one of the choices, and {name} by a value that stays the same through the scene.
 */
export interface Line {
  by: number
  text: string
  /** Answers the line at this place in the scene. */
  reply?: number
  /** Emoji that others of the room leave on it. */
  react?: readonly string[]
  /** Pinned, corrected or taken back later. */
  fate?: 'pinned' | 'edited' | 'deleted'
}

export type Scene = readonly Line[]

/** Values for {name}: one is chosen for each playing of a scene. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  island: ['Skarvö', 'Lilla Holm', 'Norrskär', 'Utö', 'Fagerö', 'Vinga', 'Ramsö', 'Marstrand'],
  ship: ['Solveig', 'Astrid', 'Tern', 'Polaris', 'Havsörn', 'Little Auk'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  hour: ['9:15', '10:00', '11:30', '13:00', '14:20', '15:45', '16:30'],
  page: ['the checkout', 'the timetable', 'the seat map', 'the receipt page', 'the account page', 'the search form', 'the map'],
  service: ['the booking service', 'the price service', 'the mail worker', 'the timetable import', 'the gateway', 'the refund job'],
  count: ['12', '18', '27', '34', '41', '56', '73', '96', '140', '210'],
  percent: ['4 %', '7 %', '11 %', '13 %', '18 %', '22 %', '31 %'],
  ms: ['80 ms', '120 ms', '190 ms', '240 ms', '310 ms', '480 ms', '650 ms'],
  version: ['4.11', '4.12', '4.13', '4.14', '4.15', '4.16', '4.17'],
  ticket: ['TW-1182', 'TW-1207', 'TW-1239', 'TW-1256', 'TW-1290', 'TW-1314', 'TW-1338', 'TW-1371', 'TW-1402'],
  colour: ['the teal', 'the slate grey', 'the warm white', 'the signal orange', 'the deep blue'],
  customer: ['a school from Uppsala', 'a cycling club', 'a family of six', 'a choir on tour', 'the rescue service', 'a hotel in Nynäs', 'a film crew'],
  dish: ['cardamom buns', 'lentil soup', 'flatbread', 'pancakes', 'dumplings', 'a lemon cake', 'ramen', 'plum jam'],
  place: ['the park', 'the quay', 'the roof', 'the new place by the bridge', 'the fish market'],
  browser: ['Safari', 'Firefox', 'Chrome on Android', 'the tablet on the pier', 'an iPhone that is six years old'],
}
