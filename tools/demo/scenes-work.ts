import type { Scene } from './script.ts'

/** What is said in the room of the engineers. */
export const ENGINEERING: readonly Scene[] = [
  [
    { by: 0, text: '{service} is {slow|slower than yesterday|not happy} today: p99 at {ms}, it was half of that on {day}.' },
    { by: 1, text: '{Looking|Let me look|On it}. Is it all requests or only the ones for {island}?' },
    { by: 0, text: 'All of them, but {island} is the worst.', reply: 1 },
    { by: 1, text: 'Found it. We ask for the seat map once for **each passenger**:\n\n```ts\nfor (const passenger of booking.passengers) {\n  const seats = await seatMap(booking.departure)\n  assign(passenger, seats)\n}\n```\n\nMoving it out of the loop.', react: ['👀', '🎉'] },
    { by: 2, text: 'How did that pass the review? (I was the reviewer.)', react: ['😄', '😄'] },
    { by: 1, text: 'Fix is out. Back to {ms}.', react: ['🚀', '🎉', '👍'] },
  ],
  [
    { by: 0, text: 'I would like to drop the old import of timetables in {version}. Nobody has used it since the harbours switched over.' },
    { by: 1, text: 'Fine with me, as long as {island} is really on the new one.' },
    { by: 0, text: 'They are. {count} departures came in through it this week, zero through the old one.', reply: 1, react: ['👍'] },
    { by: 2, text: '{count} lines of code fewer. My favourite kind of pull request.', react: ['❤️', '🎉'] },
  ],
  [
    { by: 0, text: 'Flaky test again: *refund after departure*. {Failed|It failed} {count} runs ago and I cannot make it fail here.' },
    { by: 1, text: 'Does it depend on the time of day? It builds "tomorrow" from the local clock.' },
    { by: 0, text: '…it does. Anything that runs between 23:00 and midnight fails.', reply: 1, react: ['😬', '👏'] },
    { by: 1, text: 'Give it a clock of its own and let us never speak of this again.' },
    { by: 0, text: 'Done, {ticket}.', react: ['✅'] },
  ],
  [
    { by: 0, text: '@{who} can you look at {ticket} before {day}? It touches {service} and I do not want to guess.' },
    { by: 1, text: '{Sure|Yes|Will do}, after lunch.' },
    { by: 1, text: 'Left {three|four|five} comments. The one about the lock is the only one that matters: two buyers can still get the last seat.' },
    { by: 0, text: 'Good catch. I moved the check into the transaction: `select … for update` on the departure.', reply: 2, react: ['👍', '💯'] },
    { by: 1, text: 'Approved.' },
  ],
  [
    { by: 0, text: 'Numbers after a day of the new cache on {page}: {percent} fewer queries, {ms} at the median.' },
    { by: 1, text: 'And the hit rate?' },
    { by: 0, text: 'Eighty-something. The misses are nearly all first visits.', reply: 1 },
    { by: 2, text: 'I would not tune it any further then. {Ship it|Leave it|Good enough}.', react: ['👍', '👍'] },
  ],
  [
    { by: 0, text: 'Does anyone know why we keep the price in two columns?' },
    { by: 1, text: 'History. One was in öre, the other in euro cents, from the year of the pilot.' },
    { by: 2, text: 'I have a migration for that since {day}. It needs a quiet night and someone who stays up with me.' },
    { by: 0, text: 'I will bring {dish}.', reply: 2, react: ['😋', '❤️'] },
  ],
  [
    { by: 0, text: 'Deploy of {version} in ten minutes. Please hold merges until I say so.' },
    { by: 0, text: 'Out on the first instance. Error rate flat.' },
    { by: 0, text: 'All instances. Merges are open again.', react: ['🚀', '👏'] },
    { by: 1, text: '{Smooth|Thanks|That was quick}.' },
  ],
  [
    { by: 0, text: 'Alert: queue of {service} is at {count} and growing.' },
    { by: 1, text: 'One message cannot be parsed and it is tried again for ever. Putting it aside.' },
    { by: 1, text: 'Queue is empty. The message was a booking with a name of 300 characters.', fate: 'edited' },
    { by: 2, text: 'Little Bobby Tables has grown up.', react: ['😂', '😂', '😂'] },
    { by: 1, text: 'I will write it down: what we cannot read goes aside after three tries, with an alert.', reply: 0, react: ['👍'], fate: 'pinned' },
  ],
  [
    { by: 0, text: 'Small thing I learned today: `git bisect run` takes any command. Found the regression of {page} in six steps while I had coffee.' },
    { by: 1, text: 'It is the best tool that nobody remembers.', react: ['👍', '☕'] },
    { by: 2, text: 'Which commit was it?' },
    { by: 0, text: 'Mine.', reply: 2, react: ['😂', '❤️'] },
  ],
  [
    { by: 0, text: 'On {browser} the date picker opens below the keyboard. {Known|Do we know that}?' },
    { by: 1, text: 'Known since this morning, {count} reports. It is the new viewport unit.' },
    { by: 1, text: 'Fixed on the branch, could somebody with {browser} try it?' },
    { by: 0, text: 'Works here.', reply: 2, react: ['✅'] },
  ],
  [
    { by: 0, text: 'Reminder that the certificates of the harbour terminals are renewed on {day} at {hour}. Nothing to do, but if a terminal complains you know why.', react: ['👍', '👍'] },
    { by: 1, text: 'Is the one at {island} on the new root already?' },
    { by: 0, text: 'Since last week.', reply: 1 },
  ],
  [
    { by: 0, text: 'I am writing down how a booking travels through the system, because three people asked me this month. Draft is in the wiki, please be merciless.' },
    { by: 1, text: 'Read it. Really clear. The part on refunds stops too early though: what happens if the ship is cancelled *after* boarding?' },
    { by: 0, text: 'That has happened exactly once and we did it by hand.', reply: 1 },
    { by: 2, text: 'Then write that.', react: ['💯'] },
  ],
]

/** What is said in the room of the designers. */
export const DESIGN: readonly Scene[] = [
  [
    { by: 0, text: 'New round of {page}. I made the price the largest thing and everything else quiet. What do you think?' },
    { by: 1, text: '{Much better|I like it a lot|Better}. The eye goes to the right place first.', react: ['❤️'] },
    { by: 2, text: 'On a phone in the sun the grey is too light. I tried it outside.' },
    { by: 0, text: 'Went two steps darker, 5.2 : 1 now.', reply: 2, react: ['👏', '👍'] },
  ],
  [
    { by: 0, text: 'Can we settle on {colour} for the buttons? I counted {three|four|five} different ones.' },
    { by: 1, text: 'My vote is for {colour}. The others look like warnings.' },
    { by: 0, text: 'Then {colour} it is. I will clean up on {day}.', react: ['🎨', '👍'] },
  ],
  [
    { by: 0, text: 'Watched {count} sessions of people buying a ticket. Nobody reads the text above the seat map. **Nobody.**' },
    { by: 1, text: 'Then let us delete it.' },
    { by: 0, text: 'Deleted it in the prototype: same success, {percent} faster.', reply: 1, react: ['😮', '🎉'], fate: 'pinned' },
    { by: 2, text: 'The best interface is a sentence you do not have to write.' },
  ],
  [
    { by: 0, text: 'The empty state of {page} says "No data". I would say what to do next.' },
    { by: 1, text: '"Choose a harbour to see when the next ship leaves."' },
    { by: 0, text: 'Exactly that.', reply: 1, react: ['👍'] },
  ],
  [
    { by: 0, text: 'Icons: outlined or filled? We mix both at the moment.' },
    { by: 1, text: 'Outlined, filled for what is selected.' },
    { by: 2, text: 'Same. And 20 px, the 24 ones shout.' },
    { by: 0, text: 'Good, no more icons from the internet then. @{who} I will send you the set.', react: ['🙏'] },
  ],
  [
    { by: 0, text: 'Tested with a screen reader today. The timetable is read as one long sentence without a breath.' },
    { by: 1, text: 'It is a grid of divs. I can make it a real table, {two|three} hours or so.' },
    { by: 0, text: 'Please do. Our friend at {island} buys four tickets a week with it.', reply: 1, react: ['❤️', '❤️'] },
    { by: 1, text: 'Done. It says "row 3, departs {hour}, {ship}" now.', react: ['🎉', '👏'] },
  ],
  [
    { by: 0, text: 'Which photo for {island}? The one with the lighthouse or the one with the sheep?' },
    { by: 1, text: 'Sheep.' },
    { by: 2, text: 'Sheep, obviously.', react: ['🐑', '🐑', '🐑'] },
    { by: 0, text: 'Democracy works.' },
  ],
  [
    { by: 0, text: 'I would like to try motion of 160 ms on {page}, and none at all with reduced motion.' },
    { by: 1, text: 'What does it explain?' },
    { by: 0, text: 'Where the basket went.', reply: 1 },
    { by: 1, text: 'Then yes.', react: ['👍'] },
  ],
]

/** What is said in the room of those who answer customers. */
export const SUPPORT: readonly Scene[] = [
  [
    { by: 0, text: '{customer} booked {count} seats on {ship} and wants to move to {day}. Can I do that without a refund?' },
    { by: 1, text: 'Yes, "move departure" on the booking. The price stays the one they paid.' },
    { by: 0, text: 'Moved. They are very happy and will send a photo.', reply: 1, react: ['📷', '❤️'] },
  ],
  [
    { by: 0, text: '{Two|Three|Four} people today could not open their ticket on the pier, no reception there.' },
    { by: 1, text: 'The ticket is kept on the phone once it has been opened. Did they open it before?' },
    { by: 0, text: 'No. I will put it into the mail: "open it once before you leave home".', reply: 1, react: ['👍', '💡'], fate: 'pinned' },
  ],
  [
    { by: 0, text: 'Is the {hour} to {island} running? The phone does not stop.' },
    { by: 1, text: 'Wind. {ship} stays in, the next one should go.' },
    { by: 0, text: 'Thanks, put it on the front page.', reply: 1 },
    { by: 2, text: 'And on the screens at the terminal.', react: ['🙏'] },
    { by: 1, text: 'It goes! {ship} leaves in ten minutes.', react: ['⛴️', '🎉'] },
  ],
  [
    { by: 0, text: 'Someone asks whether a cello needs a ticket.' },
    { by: 1, text: 'Only if it wants a window seat.', react: ['😂', '😂', '🎻'] },
    { by: 0, text: 'I will quote you on that.' },
    { by: 2, text: 'Officially: it goes as a bicycle.', reply: 0, react: ['👍'] },
  ],
  [
    { by: 0, text: '{ticket} is back: the receipt shows the tax of last year.' },
    { by: 1, text: 'Only for bookings made before the change?' },
    { by: 0, text: 'Only those. {count} so far.', reply: 1 },
    { by: 2, text: 'I can send corrected ones tonight. @{who} could you check two of them with me?' },
    { by: 1, text: 'All {count} are sent.', react: ['✅', '🙏'] },
  ],
  [
    { by: 0, text: 'Nicest mail of the week: "We were late, the captain saw us running and waited. Tell {ship} we love her."', react: ['❤️', '❤️', '❤️', '⛴️'] },
    { by: 1, text: 'Printing this for the wall.' },
  ],
  [
    { by: 0, text: 'Response time this week: first answer after {count} minutes, {percent} better than last month.' },
    { by: 1, text: 'That is the new templates. Well done, everybody.', react: ['👏', '🎉'] },
  ],
  [
    { by: 0, text: 'A customer paid twice. Both went through, {hour} and one minute later.' },
    { by: 1, text: 'Refunded the second. The button can be pressed again if the answer is slow, I will tell the engineers.' },
    { by: 0, text: 'Thank you!', reply: 1, react: ['🙏'] },
  ],
]
