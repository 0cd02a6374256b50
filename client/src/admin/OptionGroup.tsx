import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import { useId } from 'react'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'

interface Props<T extends string> {
  title: string
  value: T
  options: readonly T[]
  words: Record<T, { title: PlainKey; text: PlainKey }>
  onChange(value: T): void
}

/** One setting of the server, each choice with what follows from it. */
export function OptionGroup<T extends string>({ title, value, options, words, onChange }: Props<T>) {
  const id = useId()
  return (
    <section className="setting-group">
      <h3 className="setting-title" id={id}>
        {title}
      </h3>
      {/* What is chosen is one of the options. */}
      <RadioGroup aria-labelledby={id} value={value} onChange={(_event, chosen) => onChange(chosen as T)}>
        {options.map((option) => (
          <FormControlLabel
            key={option}
            className="admin-option"
            value={option}
            control={<Radio size="small" slotProps={{ input: { 'aria-label': t(words[option].title), 'aria-describedby': `${id}-${option}` } }} />}
            label={
              <span className="admin-lines">
                <span className="admin-option-title">{t(words[option].title)}</span>
                <span id={`${id}-${option}`} className="text-2">
                  {t(words[option].text)}
                </span>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </section>
  )
}
