import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Slider from '@mui/material/Slider'
import { useId, useState } from 'react'
import Cropper, { type Area } from 'react-easy-crop'
import 'react-easy-crop/react-easy-crop.css'
import { sentence, type Sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { useSentence } from '../../i18n/use-sentence.ts'
import { CropPreview } from './CropPreview.tsx'
import { cutOut } from './cut-out.ts'
import { FormError } from '../../ui/FormError.tsx'

interface Props {
  file: File
  /** An address of the file on this page. */
  url: string
  onCancel(): void
  /** Answers what went wrong, if anything; the dialog then stays. */
  onSave(picture: Blob): Promise<Sentence | undefined>
}

const UNREADABLE = sentence('settings.pictureUnreadable')

/** Cuts a square out of a picture: by dragging and pinching, or with the arrow keys and the slider. */
export default function CropDialog({ file, url, onCancel, onSave }: Props) {
  const id = useId()
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [area, setArea] = useState<{ percent: Area; pixels: Area }>()
  const [problem, setProblem] = useSentence()
  const [busy, setBusy] = useState(false)

  async function save(): Promise<void> {
    if (area === undefined || busy) return
    setBusy(true)
    const picture = await cutOut(file, area.pixels).catch(() => undefined)
    setProblem(picture === undefined ? UNREADABLE : await onSave(picture))
    setBusy(false)
  }

  return (
    <Dialog open onClose={onCancel} maxWidth="xs" fullWidth aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>{t('settings.yourPicture')}</DialogTitle>
      <DialogContent>
        <div className="crop">
          <Cropper
            image={url}
            crop={crop}
            zoom={zoom}
            maxZoom={5}
            aspect={1}
            objectFit="contain"
            showGrid={false}
            disableAutomaticStylesInjection
            cropperProps={{ role: 'group', 'aria-label': t('settings.cutOut') }}
            mediaProps={{ onError: () => setProblem(UNREADABLE) }}
            onCropChange={setCrop}
            onZoomChange={setZoom}
            onCropAreaChange={(percent, pixels) => setArea({ percent, pixels })}
          />
        </div>
        <div className="crop-below">
          <Slider aria-label={t('settings.zoom')} value={zoom} min={1} max={5} step={0.05} onChange={(_, value) => setZoom(value)} />
          {area !== undefined && <CropPreview url={url} area={area.percent} />}
        </div>
        <FormError>{problem}</FormError>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" disabled={area === undefined} aria-busy={busy} onClick={() => void save()}>
          {t('settings.savePicture')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
