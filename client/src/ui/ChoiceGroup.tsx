import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import './choice-group.css'

interface Props<T extends string> {
  label: string
  value: T
  choices: readonly { value: T; title: string; text?: string }[]
  onChange(value: T): void
}

/** One of a few choices, each with a line of explanation. */
export function ChoiceGroup<T extends string>({ label, value, choices, onChange }: Props<T>) {
  return (
    <RadioGroup className="choices" aria-label={label} value={value} onChange={(_, next) => onChange(next as T)}>
      {choices.map((choice) => (
        <FormControlLabel
          key={choice.value}
          value={choice.value}
          control={<Radio size="small" />}
          label={
            <>
              <span className="choice-title">{choice.title}</span>
              {choice.text !== undefined && <span className="text-2 choice-text">{choice.text}</span>}
            </>
          }
        />
      ))}
    </RadioGroup>
  )
}
