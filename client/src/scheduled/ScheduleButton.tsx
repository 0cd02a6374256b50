import MoreTimeRounded from '@mui/icons-material/MoreTimeRounded'
import ListItemText from '@mui/material/ListItemText'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useEffect, useState } from 'react'
import { t } from '../i18n/translate.ts'
import { formatDay, formatClock } from '../ui/format-time.ts'
import { PickTimeDialog } from './PickTimeDialog.tsx'
import { presets } from './schedule-times.ts'

interface Props {
  onSchedule(sendAt: number): void
  /** A time is being chosen, or no longer. */
  onChoosing(choosing: boolean): void
}

/** Offers times at which what stands in the composer is to be sent. */
export function ScheduleButton({ onSchedule, onChoosing }: Props) {
  const [open, setOpen] = useState<{ anchor: HTMLElement; now: number }>()
  const [picking, setPicking] = useState(false)
  const close = () => setOpen(undefined)
  const choosing = open !== undefined || picking
  useEffect(() => {
    onChoosing(choosing)
    return () => onChoosing(false)
  }, [choosing, onChoosing])
  return (
    <>
      <button
        type="button"
        className="composer-tool"
        aria-label={t('scheduled.schedule')}
        title={t('scheduled.schedule')}
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        onClick={(event) => setOpen({ anchor: event.currentTarget, now: Date.now() })}
      >
        <MoreTimeRounded />
      </button>
      <Menu open={open !== undefined} anchorEl={open?.anchor ?? null} onClose={close} anchorOrigin={{ vertical: 'top', horizontal: 'right' }} transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}>
        {presets(open?.now ?? 0).map(({ title, at }) => (
          <MenuItem
            key={title}
            onClick={() => {
              close()
              onSchedule(at)
            }}
          >
            <ListItemText primary={t(title)} secondary={`${formatDay(at, open?.now ?? 0)}, ${formatClock(at)}`} />
          </MenuItem>
        ))}
        <MenuItem
          onClick={() => {
            close()
            setPicking(true)
          }}
        >
          {t('scheduled.chooseTime')}
        </MenuItem>
      </Menu>
      {picking && <PickTimeDialog onClose={() => setPicking(false)} onPick={onSchedule} />}
    </>
  )
}
