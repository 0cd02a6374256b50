import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded'
import EditOutlined from '@mui/icons-material/EditOutlined'
import KeyRounded from '@mui/icons-material/KeyRounded'
import IconButton from '@mui/material/IconButton'
import { t } from '../../../i18n/translate.ts'
import { formatShortDate } from '../../../ui/format-time.ts'

/** One passkey in the list. */
export function PasskeyRow({ passkey, onRename, onRemove }: { passkey: PasskeyInfo; onRename(): void; onRemove(): void }) {
  const { name, createdAt, lastUsedAt, synced } = passkey
  const added = formatShortDate(createdAt)
  const use = lastUsedAt === undefined ? t('settings.passkeyUnused', { added }) : t('settings.passkeyUsed', { added, used: formatShortDate(lastUsedAt) })
  return (
    <li className="setting-item">
      <KeyRounded fontSize="small" aria-hidden="true" />
      <div className="setting-item-lines">
        <div className="ellipsis">{name}</div>
        <div className="text-3 ellipsis">{synced ? t('settings.passkeySynced', { facts: use }) : use}</div>
      </div>
      <IconButton aria-label={t('settings.renameName', { name })} onClick={onRename}>
        <EditOutlined fontSize="small" />
      </IconButton>
      <IconButton aria-label={t('settings.removeName', { name })} onClick={onRemove}>
        <DeleteOutlineRounded fontSize="small" />
      </IconButton>
    </li>
  )
}
