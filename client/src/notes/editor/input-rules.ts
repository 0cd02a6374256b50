import { InputRule, inputRules, textblockTypeInputRule } from 'prosemirror-inputrules'
import type { Attrs, MarkType } from 'prosemirror-model'
import type { Plugin } from 'prosemirror-state'
import { insertRule } from './commands.ts'
import { schema } from './schema.ts'

const { nodes, marks } = schema

/** `# `, `- `, `1. `, `[ ] `, `> `, three backticks: what people who know Markdown type at the beginning of a line. */
function itemRule(pattern: RegExp, attrs: (match: RegExpMatchArray) => Attrs): InputRule {
  return textblockTypeInputRule(pattern, nodes.item, attrs)
}

/** `**bold**` and its like, at the last sign. */
function markRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const [whole, before = '', text = ''] = match
    const parent = state.doc.resolve(start).parent
    if (text === '' || parent.type.spec.code === true || !parent.type.allowsMarkType(type)) return null
    const from = start + before.length
    // What was typed already, without its signs: the last one is not there yet.
    const signs = (whole.length - before.length - text.length) / 2
    const { tr } = state
    if (end > from + signs + text.length) tr.delete(from + signs + text.length, end)
    tr.delete(from, from + signs)
    tr.addMark(from, from + text.length, type.create())
    return tr.removeStoredMark(type)
  })
}

const ruleRule = new InputRule(/^---$/, (state, _match, start, end) => {
  if (state.doc.resolve(start).parent.type !== nodes.paragraph) return null
  const cleared = state.apply(state.tr.delete(start, end))
  let result = state.tr.delete(start, end)
  insertRule(cleared, (tr) => {
    for (const step of tr.steps) result = result.step(step)
    result.setSelection(tr.selection.map(result.doc, result.mapping.slice(result.steps.length)))
  })
  return result
})

export function markdownRules(): Plugin {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading, (match) => ({ level: match[1]?.length ?? 1 })),
      textblockTypeInputRule(/^>\s$/, nodes.quote),
      textblockTypeInputRule(/^```$/, nodes.codeBlock),
      itemRule(/^\[( |x)?\]\s$/i, (match) => ({ kind: 'task', checked: match[1]?.toLowerCase() === 'x' })),
      itemRule(/^[-*+]\s$/, () => ({ kind: 'bullet' })),
      itemRule(/^\d{1,4}[.)]\s$/, () => ({ kind: 'ordered' })),
      ruleRule,
      markRule(/(^|[^*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.bold),
      markRule(/(^|[\s(])_([^_\s](?:[^_]*[^_\s])?)_$/, marks.italic),
      markRule(/(^|[^*])\*([^*\s](?:[^*]*[^*\s])?)\*$/, marks.italic),
      markRule(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/, marks.strike),
      markRule(/(^|[^`])`([^`]+)`$/, marks.code),
    ],
  })
}
