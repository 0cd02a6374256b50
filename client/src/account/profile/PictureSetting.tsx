import { can } from '@chatflow/shared/permissions'
import Button from '@mui/material/Button'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useActions, useMe } from '../../app/chat-context.tsx'
import { sentence, type Sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { useSentence } from '../../i18n/use-sentence.ts'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'
import { FormError } from '../../ui/FormError.tsx'
import './picture.css'
import { useDroppedFiles } from './use-dropped-files.ts'

const CropDialog = lazy(() => import('./CropDialog.tsx'))

/** What browsers can show. The server gets a PNG that was cut out of it. */
const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']

/** The own picture: chosen, dropped or pasted, then cut; or removed. */
export function PictureSetting() {
  const me = useMe()
  const { setPicture } = useActions()
  const mayUpload = can({ id: me.id, role: me.role, verified: me.emailVerified }, 'file.upload')
  const hintId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<{ file: File; url: string }>()
  const [problem, setProblem] = useSentence()
  const over = useDroppedFiles(take) && mayUpload
  const url = chosen?.url
  useEffect(() => () => URL.revokeObjectURL(url ?? ''), [url])

  function take(files: readonly File[]): void {
    if (!mayUpload) return
    const file = files.find(({ type }) => TYPES.includes(type))
    setProblem(file === undefined && files.length > 0 ? sentence('settings.notAPicture') : undefined)
    if (file !== undefined) setChosen({ file, url: URL.createObjectURL(file) })
  }

  async function save(picture: Blob | undefined): Promise<Sentence | undefined> {
    const result = await setPicture(picture)
    if (result.ok) setChosen(undefined)
    return result.ok ? undefined : result.says
  }

  return (
    <section className={`setting-group picture${over ? ' picture-over' : ''}`} aria-label={t('settings.picture')}>
      <PersonAvatar id={me.id} name={me.displayName} avatar={me.avatar} size={96} />
      <div className="picture-words">
        <h3 className="setting-title">{t('settings.picture')}</h3>
        <p className="text-2" id={hintId}>
          {mayUpload ? t('settings.pictureHow') : t('settings.pictureConfirmFirst')}
        </p>
        <div className="setting-actions">
          <Button variant="outlined" disabled={!mayUpload} aria-describedby={hintId} onClick={() => input.current?.click()}>
            {me.avatar === undefined ? t('settings.choosePicture') : t('settings.changePicture')}
          </Button>
          {me.avatar !== undefined && (
            <Button color="error" onClick={() => void save(undefined).then(setProblem)}>
              {t('settings.removePicture')}
            </Button>
          )}
        </div>
        <FormError>{problem}</FormError>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('settings.pictureFile')}
        accept={TYPES.join(',')}
        onChange={(event) => {
          take([...(event.target.files ?? [])])
          // The same file may be chosen once more.
          event.target.value = ''
        }}
      />
      {chosen !== undefined && (
        <Suspense fallback={null}>
          <CropDialog {...chosen} onCancel={() => setChosen(undefined)} onSave={save} />
        </Suspense>
      )}
    </section>
  )
}
