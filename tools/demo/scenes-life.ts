import type { Scene } from './script.ts'

/** What is said in the room for everyone. */
export const GENERAL: readonly Scene[] = [
  [
    { by: 0, text: 'Good morning! {Fog|Sun|Rain|A rainbow} over the harbour today.', react: ['👋', '☕'] },
    { by: 1, text: 'Morning. {On the train|At the desk|Coffee first}, back in twenty minutes.' },
    { by: 2, text: 'Good morning from {island}!', react: ['🌊'] },
  ],
  [
    { by: 0, text: 'All hands on {day} at {hour}. I will show the numbers of the month, and there is {dish}.', react: ['👍', '😋', '👍'] },
    { by: 1, text: 'Can we also talk about the summer timetable?' },
    { by: 0, text: 'It is on the list.', reply: 1 },
    { by: 2, text: 'I cannot be there, will somebody take notes?' },
    { by: 3, text: 'I will.', reply: 3, react: ['🙏'] },
  ],
  [
    { by: 0, text: 'We sold {count} tickets before breakfast. The {island} festival is real.', react: ['🎉', '🚀', '😮'] },
    { by: 1, text: 'And {service} did not even sweat.' },
    { by: 0, text: 'Thank you for last week’s work, this would have hurt a month ago.', react: ['❤️', '❤️'] },
  ],
  [
    { by: 0, text: 'The harbour of {island} confirmed: we get the second pier from {day} on.' },
    { by: 1, text: 'Finally! That is two more departures a day.', react: ['⛴️', '🎉'] },
    { by: 2, text: 'I will update {page}. Do we have the new times?' },
    { by: 0, text: 'Draft is in the shared folder, final on {day}.', reply: 2 },
  ],
  [
    { by: 0, text: 'Who has the key of the meeting room?' },
    { by: 1, text: 'It is in the plant. It is always in the plant.', react: ['🌱', '😄'] },
    { by: 0, text: 'The plant has it, confirmed.' },
  ],
  [
    { by: 0, text: 'I am off from {day} for a week. @{who} knows everything about {ticket}.' },
    { by: 1, text: 'Everything is a big word. Enjoy!', react: ['🏖️', '👋'] },
    { by: 2, text: 'Have a good one! Bring back {dish}.' },
  ],
  [
    { by: 0, text: 'Please welcome our intern, who starts with the terminals on {day}. She built a tide clock at school.', react: ['👋', '👋', '🎉'] },
    { by: 1, text: 'A tide clock! We need that on the wall.' },
    { by: 2, text: 'Welcome! Ask us anything, the plant has the key.', react: ['😄'] },
  ],
  [
    { by: 0, text: 'Reminder: the fire drill is on {day} at {hour}. Yes, it is loud. Yes, also for you.', fate: 'edited' },
    { by: 1, text: 'Meeting point is {place}?' },
    { by: 0, text: 'Same as always.', reply: 1 },
  ],
  [
    { by: 0, text: 'The newspaper wants to write about the last ferry of the night. Who would talk to them?' },
    { by: 1, text: '@{who} should. Nobody tells it better.' },
    { by: 2, text: 'Only if the photo is of {ship} and not of me.', reply: 1, react: ['😄', '👍'] },
  ],
  [
    { by: 0, text: 'Strategy in one sentence, from this morning: *fewer clicks from the sofa to the deck.*', react: ['💯', '👍'], fate: 'pinned' },
    { by: 1, text: 'Can I have that on a mug?' },
    { by: 0, text: 'You can have it in the backlog.', reply: 1, react: ['😂'] },
  ],
]

/** What is said where work is not the subject. */
export const COFFEE: readonly Scene[] = [
  [
    { by: 0, text: 'I made {dish}. There is a lot. Kitchen, now.', react: ['😋', '❤️', '🏃'] },
    { by: 1, text: 'Running.' },
    { by: 2, text: 'Leave one for those who are in a meeting!' },
    { by: 0, text: 'No promises.', reply: 2, react: ['😄'] },
  ],
  [
    { by: 0, text: 'Lunch at {place} at half past twelve?' },
    { by: 1, text: '{Yes|In|Count me in}.' },
    { by: 2, text: 'Ten minutes later, but yes.' },
    { by: 0, text: 'I will keep a table.', react: ['👍'] },
  ],
  [
    { by: 0, text: 'A seal is looking at me from the pier. It has been ten minutes.', react: ['🦭', '😮'] },
    { by: 1, text: 'Does it have a ticket?' },
    { by: 0, text: 'It says it is a cello.', reply: 1, react: ['😂', '😂', '😂'] },
  ],
  [
    { by: 0, text: 'What are you all reading?' },
    { by: 1, text: 'A history of lighthouses. Better than it sounds.' },
    { by: 2, text: 'The manual of the new coffee machine. Worse than it sounds.', react: ['😂', '☕'] },
  ],
  [
    { by: 0, text: 'Swimming on {day} after work? The water has {14|15|16|17} degrees, I measured.' },
    { by: 1, text: 'That is not a temperature, that is a threat.', react: ['🥶', '😂'] },
    { by: 2, text: 'I am in.', reply: 0 },
    { by: 0, text: '{place}, half past five.' },
  ],
  [
    { by: 0, text: 'My daughter drew {ship} with eyes. I find it more correct than our logo.', react: ['❤️', '🥹'] },
    { by: 1, text: 'Can we have it for the children’s ticket? Seriously.' },
    { by: 0, text: 'I will ask for her terms.', reply: 1, react: ['😄', '👍'] },
  ],
  [
    { by: 0, text: 'The quiz is on {day}. We need a team name.' },
    { by: 1, text: 'Ferry Godmothers.' },
    { by: 2, text: 'Knot Again.' },
    { by: 0, text: 'Knot Again it is.', reply: 2, react: ['🎉', '⛵'] },
  ],
  [
    { by: 0, text: 'Somebody left an umbrella. Black, wooden handle, smells of {dish}.' },
    { by: 1, text: 'Mine. Do not ask.', react: ['😂'] },
  ],
]

/** What is said where releases are prepared. */
export const RELEASES: readonly Scene[] = [
  [
    { by: 0, text: '**{version}** is cut. Left to do: translations of {page}, {ticket}, notes for the harbours.' },
    { by: 1, text: 'Translations come on {day}.' },
    { by: 2, text: '{ticket} is in review.' },
    { by: 0, text: 'Then we go out on {day} at {hour} if nothing burns.', react: ['👍', '👍'], fate: 'pinned' },
  ],
  [
    { by: 0, text: 'Go or no go for {version}?' },
    { by: 1, text: 'Go.' },
    { by: 2, text: 'Go, with {service} behind the flag.' },
    { by: 0, text: 'Go it is.', react: ['🚀'] },
  ],
  [
    { by: 0, text: 'Something is off: {percent} fewer bookings since the release.' },
    { by: 1, text: 'Only on {browser}. Looking.' },
    { by: 1, text: 'The button is there, but below the fold. Rolling back the style of {page}.' },
    { by: 0, text: 'Numbers are back to normal. Rolled back within {count} minutes, well done.', react: ['👏', '🙏'] },
    { by: 2, text: 'I add a check on small screens to the list.', reply: 3, react: ['✅'] },
  ],
  [
    { by: 0, text: 'Release notes for the harbours, please read once: "Tickets can be shown without a network. Groups up to {count} can be moved together."' },
    { by: 1, text: 'Say that they have to be opened once.' },
    { by: 0, text: 'Added.', reply: 1, react: ['👍'] },
  ],
  [
    { by: 0, text: 'Freeze from {day} for the long weekend. Only fixes after that.', react: ['🧊', '👍'] },
    { by: 1, text: 'Understood. {ticket} goes in before.' },
  ],
]

/** What two people say to each other. */
export const DIRECT: readonly Scene[] = [
  [
    { by: 0, text: 'Do you have five minutes?' },
    { by: 1, text: '{Now|In ten|After the call}?' },
    { by: 0, text: 'Perfect.' },
  ],
  [
    { by: 0, text: 'Thanks for the help with {ticket}, I would still be sitting there.' },
    { by: 1, text: 'Any time. You found the hard part yourself.', react: ['❤️'] },
  ],
  [
    { by: 0, text: 'Could you look at my draft on {page} before I show it to everyone?' },
    { by: 1, text: 'Reading it now.' },
    { by: 1, text: 'Good! I would cut the second paragraph and start with the number.' },
    { by: 0, text: 'You are right. Done.', reply: 2, react: ['👍'] },
  ],
  [
    { by: 0, text: 'Coffee at {place}?' },
    { by: 1, text: 'Yes! {hour}?' },
    { by: 0, text: '👍' },
  ],
  [
    { by: 0, text: 'I forgot to say: the talk on {day} was really good.' },
    { by: 1, text: 'Thank you. I was so nervous that I said "ferry" when I meant "very".', react: ['😂', '❤️'] },
  ],
]
