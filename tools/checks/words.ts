/** Finds words of the screen that are not in the catalogs of client/src/i18n, with the parser that the build uses. */
import { parseSync } from 'vite'
import { isNode, visit } from './syntax.ts'
import type { Node } from './syntax.ts'

/** Attributes that are words, whatever they look like. */
const WORD_ATTRIBUTES = new Set(['alt', 'aria-description', 'aria-label', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext', 'heading', 'helperText', 'label', 'placeholder', 'title'])
/** Attributes and properties that never are, though two words may stand in them. */
const CODE_NAMES = new Set(['className', 'style', 'sx', 'key', 'd', 'autoComplete', 'sizes', 'rel', 'transform', 'gridTemplateColumns', 'fontFamily', 'transition', 'boxShadow', 'accept', 'allow', 'sandbox'])
/** Calls whose texts are keys, selectors or meant for those who mend the program. */
const CODE_CALLS = /^(t|rich|querySelector|querySelectorAll|closest|matches|matchMedia|useMediaQuery|warn|error|log|debug|includes|startsWith|endsWith|join|split|replaceAll|replace|getPropertyValue|setProperty|add|remove|toggle|Error|[A-Z]\w*Error|RegExp|Set|Map)$/
/** As the browser calls keys; on the screen these are words like others. */
const KEYS = new Set(['Enter', 'Escape', 'Tab', 'Home', 'End', 'Delete', 'Backspace', 'Shift', 'Control'])
/** What is the same in every language: names of the product, of standards, of units, and what is written in messages. */
const NAMES = new Set(['ChatFlow', 'Markdown', 'Accept', 'Authorization', 'Bearer', 'kB', 'MB', '@room', '/me', 'Chrome', 'Chromium', 'Edge', 'Firefox', 'Safari'])

/** Values of style sheets. */
const STYLE = /var\(--|rgba?\(|sans-serif|monospace/
const PROSE = /\p{L}{2,}['’)]?[,;:.…]?\s+["“(]?\p{L}/u
const CAPITAL = /^\p{Lu}\p{Ll}+[.?!…:]?$/u
const LETTERS = /\p{L}/u

export interface Source {
  /** Relative to client/src. */
  path: string
  text: string
}

/** One sentence for each problem, with the place. */
export function checkWords({ path, text }: Source): string[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) return [`${path} cannot be read: ${errors[0]?.message}`]
  const problems: string[] = []
  const calls = new Set<string>()
  const say = (node: Node, problem: string): void => void problems.push(`client/src/${path}:${text.slice(0, node.start).split('\n').length}: ${problem}`)
  visit(program as unknown as Node, (node, above) => {
    const call = nameOfCall(node)
    if (call !== undefined) calls.add(call)
    if ((call === 't' || call === 'rich') && !above.some(isFunction)) say(node, `"${call}" is called when the module is loaded: the language is not known then.`)
    if ((call === 't' || call === 'rich' || call === 'said') && above.some((parent, i) => isStateOf(parent, above[i + 1] ?? node))) say(node, `"${call}" makes a text that state then holds in one language: keep a "Sentence" (useSentence).`)
    if (call !== undefined && takesNoLocale(node, call)) say(node, `"${call}" writes in the browser's language: take the formats of client/src/i18n/format.ts.`)
    const words = wordsOf(node, above)
    if (words !== undefined) say(node, `"${words}" is not in the catalogs.`)
  })
  if (calls.has('memo') && (calls.has('t') || calls.has('rich') || [...calls].some((name) => /^format(Clock|Day|Full|Short)/.test(name))) && !calls.has('useLanguage')) {
    problems.push(`client/src/${path}: a component in "memo" that shows words has to use "useLanguage".`)
  }
  return problems
}

/** The words that a reader would see, if this node is such. */
function wordsOf(node: Node, above: readonly Node[]): string | undefined {
  if (node.type === 'JSXText') return LETTERS.test(valueOf(node)) && !NAMES.has(valueOf(node).trim()) ? short(valueOf(node)) : undefined
  if (node.type !== 'Literal' && node.type !== 'TemplateElement') return undefined
  const text = valueOf(node)
  if (!LETTERS.test(text) || NAMES.has(text.trim()) || STYLE.test(text)) return undefined
  const attribute = isCode(node, above)
  if (attribute === false && KEYS.has(text)) return undefined
  if (attribute === true) return undefined
  const word = (typeof attribute === 'string' && WORD_ATTRIBUTES.has(attribute)) || isShown(node, above)
  // Between the values of a template a single word is part of a sentence.
  const joined = node.type === 'TemplateElement' && /\s/.test(text) && /\p{L}{2}/u.test(text)
  return word || joined || PROSE.test(text) || CAPITAL.test(text) ? short(text) : undefined
}

/** It stands between tags, by itself or as one of the answers to a question. */
function isShown(node: Node, above: readonly Node[]): boolean {
  for (let i = above.length - 1, child = node; i >= 0; i -= 1) {
    const parent = above[i]
    if (parent === undefined) return false
    if (parent.type === 'JSXExpressionContainer') return /^JSX(Element|Fragment)$/.test(above[i - 1]?.type ?? '')
    const passes = parent.type === 'LogicalExpression' || (parent.type === 'ConditionalExpression' && parent['test'] !== child) || parent.type === 'TemplateLiteral'
    if (!passes) return false
    child = parent
  }
  return false
}

/** True: whatever it says, it is code. A string: the attribute it is a value of. */
function isCode(node: Node, above: readonly Node[]): boolean | string {
  for (let i = above.length - 1, child = node; i >= 0; i -= 1) {
    const parent = above[i]
    if (parent === undefined) return false
    switch (parent.type) {
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ExportNamedDeclaration':
      case 'ExpressionStatement':
        if ('source' in parent && parent['source'] === child) return true
        if (parent.type === 'ExpressionStatement' && child.type === 'Literal') return true
        break
      case 'TSLiteralType':
      case 'SwitchCase':
      case 'ThrowStatement':
        if (parent.type !== 'SwitchCase' || parent['test'] === child) return true
        break
      case 'BinaryExpression':
        if (parent['operator'] !== '+') return true
        break
      case 'MemberExpression':
        if (parent['property'] === child) return true
        break
      case 'Property':
        if (parent['key'] === child && !(parent['computed'] === true)) return true
        if (CODE_NAMES.has(nameOf(parent['key']))) return true
        break
      case 'VariableDeclarator':
        // A constant that says by its name what it is: a selector, a style.
        if (/(SELECTOR|QUERY|CSS|FOCUSABLE)/.test(nameOf(parent['id']))) return true
        break
      case 'CallExpression':
      case 'NewExpression':
        if (parent['callee'] !== child && CODE_CALLS.test(nameOfCall(parent) ?? '')) return true
        break
      case 'TaggedTemplateExpression':
        return true
      case 'JSXAttribute': {
        const name = nameOf(parent['name'])
        return CODE_NAMES.has(name) ? true : name
      }
      default:
        if (isFunction(parent) && parent !== node && child.type !== 'Literal') return false
    }
    child = parent
  }
  return false
}

function isFunction(node: Node): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
}

/** `setProblem(...)` or `useState(...)` with this argument: what is called here by a bare name keeps what it is given. */
function isStateOf(node: Node, child: Node): boolean {
  if (node.type !== 'CallExpression') return false
  const callee = node['callee'] as Node
  return callee !== child && callee.type === 'Identifier' && /^(set[A-Z]\w*|useState)$/.test(nameOf(callee))
}

/** `toLocaleString()`, `new Intl.NumberFormat()` or with `undefined` as the locale. */
function takesNoLocale(node: Node, call: string): boolean {
  if (!/^(toLocaleString|toLocaleDateString|toLocaleTimeString|[A-Z]\w+Format)$/.test(call)) return false
  const [locale] = node['arguments'] as Node[]
  return locale === undefined || (locale.type === 'Identifier' && locale['name'] === 'undefined')
}

function nameOfCall(node: Node): string | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined
  const callee = node['callee'] as Node
  // Only errors have a `super` that takes words.
  if (callee.type === 'Super') return 'Error'
  return callee.type === 'MemberExpression' ? nameOf(callee['property']) : nameOf(callee)
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'JSXNamespacedName') return `${nameOf(node['namespace'])}:${nameOf(node['name'])}`
  const name = node['name'] ?? node['value']
  return typeof name === 'string' ? name : ''
}

function valueOf(node: Node): string {
  const { value } = node as unknown as { value: unknown }
  if (typeof value === 'string') return value
  if (node.type === 'TemplateElement') return (value as { cooked?: string }).cooked ?? ''
  return ''
}

function short(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 57)}...` : line
}
