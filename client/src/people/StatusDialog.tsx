import { LIMITS } from '@chatflow/shared/limits'
import MoodRounded from '@mui/icons-material/MoodRounded'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import IconButton from '@mui/material/IconButton'
import { useId, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { EmojiPicker } from '../emoji/EmojiPicker.tsx'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { formatFull } from '../ui/format-time.ts'
import { DURATIONS, endOf, SUGGESTED } from './status-choices.ts'
import type { Duration } from './status-choices.ts'
import './status-dialog.css'

/** What to say of oneself, and for how long. Mounted anew each time it is opened. */
export function StatusDialog({ onClose }: { onClose(): void }) {
  const titleId = useId()
  const { setStatus } = useActions()
  const present = useChatState((state) => state.status)
  const [emoji, setEmoji] = useState(present?.emoji)
  const [text, setText] = useState(present?.text ?? '')
  /** Undefined: as long as the present one. */
  const [lasts, setLasts] = useState<Duration | undefined>(present === undefined ? 'today' : undefined)
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [failed, setFailed] = useState(false)
  const words = text.trim()
  const empty = emoji === undefined && words === ''
  const tooLong = words.length > LIMITS.statusText

  function save(): void {
    if (tooLong) return
    const until = lasts === undefined ? present?.until : endOf(lasts, Date.now())
    setStatus(empty ? undefined : { ...(emoji === undefined ? {} : { emoji }), ...(words === '' ? {} : { text: words }), ...(until === undefined ? {} : { until }) }).then(onClose, () => setFailed(true))
  }

  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('people.yourStatus')}</DialogTitle>
      <DialogContent className="form">
        <form
          className="status-form"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <IconButton className="status-pick" aria-label={emoji === undefined ? t('people.chooseEmoji') : t('people.changeEmoji', { emoji })} onClick={(event) => setAnchor(event.currentTarget)}>
            {emoji ?? <MoodRounded />}
          </IconButton>
          <Field label={t('people.doing')} value={text} onChange={setText} autoFocus error={tooLong ? t('people.tooLong', { most: LIMITS.statusText }) : undefined} inputProps={{ dir: 'auto', enterKeyHint: 'done' }} />
        </form>
        <EmojiPicker anchor={anchor} onPick={setEmoji} onClose={() => setAnchor(null)} />
        {present === undefined && empty && (
          <ul className="status-suggestions" aria-label={t('people.suggestions')}>
            {SUGGESTED.map((suggested) => (
              <li key={suggested.text}>
                <button
                  type="button"
                  className="status-suggestion"
                  onClick={() => {
                    // From here on it is the person's own text.
                    const words = t(suggested.text)
                    setEmoji(suggested.emoji)
                    setText(words)
                    setLasts(suggested.lasts)
                  }}
                >
                  <span aria-hidden="true">{suggested.emoji}</span>
                  {t(suggested.text)}
                </button>
              </li>
            ))}
          </ul>
        )}
        <label className="field">
          <span className="field-label">{t('people.showFor')}</span>
          <select className="status-lasts" value={lasts ?? 'as-is'} onChange={(event) => setLasts(DURATIONS.find(({ value }) => value === event.target.value)?.value)}>
            {present !== undefined && <option value="as-is">{present.until === undefined ? t('people.asNow') : t('people.asNowUntil', { time: formatFull(present.until) })}</option>}
            {DURATIONS.map(({ value, title }) => (
              <option key={value} value={value}>
                {t(title)}
              </option>
            ))}
          </select>
        </label>
        {failed && <FormError>{t('common.notKept')}</FormError>}
      </DialogContent>
      <DialogActions>
        {present !== undefined && (
          <Button color="inherit" onClick={() => void setStatus(undefined).then(onClose, () => setFailed(true))}>
            {t('people.clear')}
          </Button>
        )}
        <Button variant="outlined" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" aria-disabled={tooLong || (empty && present === undefined)} onClick={save}>
          {t('people.setStatus')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
