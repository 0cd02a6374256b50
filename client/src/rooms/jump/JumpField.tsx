import SearchRounded from '@mui/icons-material/SearchRounded'
import { KEYS, strokeWords } from '../../app/keys.ts'
import { useShell } from '../../app/shell-context.tsx'
import { t } from '../../i18n/translate.ts'

/** Opens the jump box. It looks like the field that it leads to. */
export function JumpField() {
  const { openDialog } = useShell()
  return (
    <button type="button" className="jump" aria-haspopup="dialog" onClick={() => openDialog('jump')}>
      <SearchRounded fontSize="small" aria-hidden="true" />
      <span className="jump-words">{t('rooms.jumpTo')}</span>
      <kbd aria-hidden="true">{strokeWords(KEYS.jump).join(' ')}</kbd>
    </button>
  )
}
