import CheckRounded from '@mui/icons-material/CheckRounded'
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded'
import type { ElementContent, Root, RootContent } from 'hast'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { t } from '../i18n/translate.ts'
import { highlight } from './highlight.ts'
import './code-block.css'

/** ms for which the button says that it has copied. */
const SAID_FOR = 2_000

/** Code between fences: coloured where its language is known, and with a button that copies it. */
export function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
  const [coloured, setColoured] = useState<{ text: string; tree: Root | undefined }>()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (language === undefined) return
    let alive = true
    highlight(text, language).then(
      (tree) => alive && setColoured({ text, tree }),
      // Not on this device: it stays plain.
      () => undefined,
    )
    return () => {
      alive = false
    }
  }, [text, language])
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_FOR)
    return () => clearTimeout(timer)
  }, [copied])
  const tree = coloured?.text === text ? coloured.tree : undefined

  return (
    <div className="code-block" dir="ltr">
      <div className="code-block-tools">
        {language !== undefined && <span className="code-block-language">{language}</span>}
        <button
          type="button"
          aria-label={t(copied ? 'timeline.copied' : 'timeline.copyCode')}
          title={t(copied ? 'timeline.copied' : 'timeline.copyCode')}
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true)).catch(() => undefined)}
        >
          {copied ? <CheckRounded /> : <ContentCopyRounded />}
        </button>
      </div>
      <pre>
        <code>{tree === undefined ? text : tree.children.map(renderNode)}</code>
      </pre>
    </div>
  )
}

/** Only text and classed pieces: whatever else a tree might hold is not shown. */
function renderNode(node: RootContent | ElementContent, key: number): ReactNode {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return null
  const { className } = node.properties
  return (
    <span key={key} className={Array.isArray(className) ? className.join(' ') : undefined}>
      {node.children.map(renderNode)}
    </span>
  )
}
