import { act, cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import type { MessageView, PersonView } from '../chat/views.ts'
import { chooseLanguage } from '../i18n/language.ts'
import { eventWords } from './event-words.tsx'
import { TypingLine } from './TypingLine.tsx'

afterEach(async () => {
  cleanup()
  await act(() => chooseLanguage('system'))
})

const person = (n: number, displayName: string): PersonView => ({ id: fixtureId('user', n), username: `p${n}`, displayName })
const noa = person(1, 'נועה')
const dana = person(2, 'دانا')

/** What happened, as far as its words need it. */
function happened(event: MessageView['event'], more: Partial<MessageView> = {}): string {
  const message: MessageView = {
    id: fixtureId('message', 1), room: fixtureId('room', 1), author: noa, mine: false, text: '', sentAt: 0, mentionsMe: false, pinned: false, deleted: false,
    reactions: [], delivery: 'delivered', changing: false, seenBy: [], readBy: [], event, ...more,
  }
  return render(<p>{eventWords(message)}</p>).container.querySelector('p')?.innerHTML ?? ''
}
const typing = (...people: PersonView[]) => render(<TypingLine people={people} />).container.querySelector('.ellipsis')?.innerHTML

test('each name stands in its own direction, the words around it in ours', () => {
  expect(happened({ type: 'added', user: dana.id }, { eventUser: dana })).toBe('<bdi>נועה</bdi> added <bdi>دانا</bdi>')
  expect(happened({ type: 'renamed', name: '<b>{{who}}</b>' })).toBe('<bdi>נועה</bdi> renamed the room to “<bdi>&lt;b&gt;{{who}}&lt;/b&gt;</bdi>”')
  expect(typing(noa, dana)).toBe('<bdi>נועה</bdi> and <bdi>دانا</bdi> are typing')
  expect(typing(noa, dana, person(3, 'Ann'))).toBe('Several people are typing')
})

test('in German the sentences are German ones, also about oneself', async () => {
  await chooseLanguage('de')
  expect(happened({ type: 'added', user: dana.id }, { eventUser: dana })).toBe('<bdi>נועה</bdi> hat <bdi>دانا</bdi> hinzugefügt')
  expect(happened({ type: 'topic', topic: 'Tee' }, { mine: true })).toBe('Du hast das Thema gesetzt: <bdi>Tee</bdi>')
  expect(happened({ type: 'topic', topic: '' }, { mine: true })).toBe('Du hast das Thema entfernt')
  expect(typing(noa)).toBe('<bdi>נועה</bdi> schreibt')
})
