import { IconMovie, IconPhoto } from '@tabler/icons-react'
import { memo, useEffect, useState } from 'react'
import {
  draftFields,
  needsStatement,
  sentVideoFields,
  sourceField
} from '../../../shared/catalogue/draft-fields.ts'
import { isUploadBeingSent } from '../../../shared/catalogue/upload-states.ts'
import type { Draft, DraftId } from '../../../shared/domain/draft.ts'
import type { Upload } from '../../../shared/domain/upload.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { draftVerdict, sentShare } from '../../text/draft-verdict.ts'
import { choiceLabel } from '../../text/draft-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import classes from './draft-table.module.css'
import { frameKey, keptFrames } from './kept-frames.ts'
import { FramePicture, FrameReader, useKeptFrame } from './video-frame.tsx'

const consentOf = (draft: Draft): string =>
  needsStatement(draft) ? choiceLabel(draft.consentIn) : t('creation.noConsent')

const Account = ({ accountId }: Pick<Draft, 'accountId'>) => {
  const account = useApp((state) => state.accounts.find(({ id }) => id === accountId))
  return account === undefined ? (
    <span className={classes['dim']}>{t('creation.noAccount')}</span>
  ) : (
    <>
      <AccountDot color={account.color} />
      <span>{account.name}</span>
    </>
  )
}

/** Reads one frame of a file on this computer, once. */
const FileFrame = ({ draft }: { readonly draft: Draft }) => {
  const previewVideo = useApp((state) => state.previewVideo)
  const [mediaId, setMediaId] = useState<string | null>(null)
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    let isGone = false
    void previewVideo(draft.id, 'trainVideoUrl').then((id) => !isGone && setMediaId(id))
    return () => {
      isGone = true
    }
  }, [draft.id, previewVideo])
  if (mediaId === null || isOver) return null
  const keep = (frame: ImageBitmap) => {
    setIsOver(true)
    keptFrames.put(frameKey(draft, 'trainVideoUrl'), frame)
  }
  return <FrameReader mediaId={mediaId} onFrame={keep} onError={() => setIsOver(true)} />
}

/** The frame that the card has read; of a file it is read here. A link is not loaded for each row in view. */
const Face = ({ draft }: { readonly draft: Draft }) => {
  const frame = useKeptFrame(frameKey(draft, 'trainVideoUrl'))
  const check = draft.checks.trainVideoUrl
  const isFile = draft.files.trainVideoUrl !== null && draft.trainVideo === null
  const canRead = isFile && check?.state === 'done' && check.facts?.videoCodec != null
  const isImage = draft.trainFrom === 'image'
  return (
    <span className={classes['face']} aria-hidden="true">
      {isImage && <IconPhoto size={16} />}
      {!isImage && frame === null && <IconMovie size={16} />}
      {!isImage && frame !== null && <FramePicture frame={frame} className={classes['picture']} />}
      {!isImage && frame === null && canRead && <FileFrame draft={draft} />}
    </span>
  )
}

/** The upload that a draft waits for, of the first of its files that has no link yet. */
const useAwaited = (draft: Draft): Upload | null => {
  const field = sentVideoFields(draft).find(
    (name) => draft[draftFields[name].view] === null && draft.files[name] !== null
  )
  const uploadId = field === undefined ? null : (draft.files[field]?.uploadId ?? null)
  return useApp((state) => (uploadId === null ? null : (state.uploads.get(uploadId) ?? null)))
}

const isUnderWay = (upload: Upload): boolean =>
  isUploadBeingSent(upload) || upload.state === 'paused'

interface SourceProps {
  readonly draft: Draft
  readonly upload: Upload | null
}

/** What the replica is trained from, by its name; how much of it was sent is said in words beside it. */
const Source = ({ draft, upload }: SourceProps) => {
  const field = sourceField(draft)
  const link = draft[draftFields[field].view]
  const file = field === 'trainVideoUrl' ? draft.files[field] : null
  const nothing = field === 'trainVideoUrl' ? t('creation.noLinkYet') : t('creation.noImageYet')
  const name = file?.fileName ?? (link === null ? undefined : link.fileName || link.host)
  return (
    <span className={name === undefined ? classes['dim'] : undefined} dir="auto" title={name}>
      {name ?? nothing}
      {upload !== null && isUnderWay(upload) && (
        <span className={classes['track']} aria-hidden="true">
          <span style={{ width: `${100 * sentShare(upload)}%` }} />
        </span>
      )}
    </span>
  )
}

interface Props {
  readonly draft: Draft
  readonly index: number
  readonly isOpen: boolean
  /** The one row that Tab leads to. */
  readonly isStop: boolean
  readonly onOpen: (id: DraftId) => void
  readonly onFocus: (index: number) => void
}

/** One draft in a line; pressing it opens its card. */
export const DraftRow = memo(({ draft, index, isOpen, isStop, onOpen, onFocus }: Props) => {
  const upload = useAwaited(draft)
  const verdict = draftVerdict(draft, upload)
  const isUnnamed = draft.replicaName.trim() === ''
  const name = isUnnamed ? t('creation.draftUnnamed', { position: index + 1 }) : draft.replicaName
  const discardDrafts = useApp((state) => state.discardDrafts)
  const { onContextMenu, menu } = useContextMenu(name, () => [
    [
      { label: t('library.actions.open'), run: () => onOpen(draft.id) },
      {
        label: t('creation.discard'),
        isDisabled: draft.state !== 'editing' && draft.state !== 'created',
        run: () => void discardDrafts([draft.id])
      }
    ]
  ])
  return (
    <>
      <button
        type="button"
        className={classes['row']}
        data-key={draft.id}
        aria-expanded={isOpen}
        tabIndex={isStop ? 0 : -1}
        onClick={() => onOpen(draft.id)}
        onFocus={() => onFocus(index)}
        onContextMenu={onContextMenu}
      >
        <span className={classes['cell']}>
          <Face draft={draft} />
          <span className={isUnnamed ? classes['dim'] : classes['name']} dir="auto">
            {name}
          </span>
        </span>
        <span className={classes['cell']}>
          <Source draft={draft} upload={upload} />
        </span>
        <span className={`${classes['cell']} ${classes['wide']}`}>
          <Account accountId={draft.accountId} />
        </span>
        <span className={`${classes['cell']} ${classes['wide']} ${classes['dim']}`}>
          <span>{draft.model.trim() === '' ? t('creation.usualModel') : draft.model}</span>
        </span>
        <span className={`${classes['cell']} ${classes['dim']}`}>
          <span>{consentOf(draft)}</span>
        </span>
        <span className={classes['cell']}>
          <StateMark tone={verdict.tone} text={verdict.text} lines="two" />
        </span>
      </button>
      {menu}
    </>
  )
})
