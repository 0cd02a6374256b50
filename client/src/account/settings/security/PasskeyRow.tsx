import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded'
import EditOutlined from '@mui/icons-material/EditOutlined'
import KeyRounded from '@mui/icons-material/KeyRounded'
import IconButton from '@mui/material/IconButton'
import { formatShortDate } from '../../../ui/format-time.ts'

/** One passkey in the list. */
export function PasskeyRow({ passkey, onRename, onRemove }: { passkey: PasskeyInfo; onRename(): void; onRemove(): void }) {
  const { name, createdAt, lastUsedAt, synced } = passkey
  const facts = [`Added ${formatShortDate(createdAt)}`, lastUsedAt === undefined ? 'not used yet' : `last used ${formatShortDate(lastUsedAt)}`, ...(synced ? ['synced'] : [])]
  return (
    <li className="setting-item">
      <KeyRounded fontSize="small" aria-hidden="true" />
      <div className="setting-item-lines">
        <div className="ellipsis">{name}</div>
        <div className="text-3 ellipsis">{facts.join(' · ')}</div>
      </div>
      <IconButton aria-label={`Rename ${name}`} onClick={onRename}>
        <EditOutlined fontSize="small" />
      </IconButton>
      <IconButton aria-label={`Remove ${name}`} onClick={onRemove}>
        <DeleteOutlineRounded fontSize="small" />
      </IconButton>
    </li>
  )
}
