import '../../ui/modal-styles.ts'
import { Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assetName, assetState } from '../../text/asset-words.ts'
import { number } from '../../text/time-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { DetailMedia } from './detail-media.tsx'
import classes from './preview-dialog.module.css'

export interface PreviewDialogProps {
  /** Null while its page is on the way. */
  readonly asset: Asset | null
  readonly position: number
  readonly total: number
  /** How many stand side by side: so far the arrows up and down go. */
  readonly columns: number
  readonly onMove: (steps: number) => void
  readonly onClose: () => void
}

/** A large picture of one thing; the arrows go on to its neighbors, Space and Escape close it. */
export const PreviewDialog = (props: PreviewDialogProps) => {
  const { asset, position, total, columns, onMove, onClose } = props
  useEffect(() => {
    const isRtl = getComputedStyle(document.body).direction === 'rtl'
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: isRtl ? -1 : 1,
      ArrowLeft: isRtl ? 1 : -1,
      ArrowDown: columns,
      ArrowUp: -columns
    }
    const onKeyDown = (event: KeyboardEvent) => {
      // The press that opened the preview still comes by here; a film's own controls have these keys for themselves.
      if (event.defaultPrevented || event.target instanceof HTMLMediaElement) return
      const step = steps[event.key]
      if (step !== undefined) {
        event.preventDefault()
        onMove(step)
      } else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) {
        event.preventDefault()
        if (!event.repeat) onClose()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [columns, onMove, onClose])
  const name = asset === null ? '' : assetName(asset)
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      returnFocus={false}
      centered
      size="min(1100px, 92vw)"
      title={<bdi className={classes['name']}>{name}</bdi>}
    >
      <div className={classes['body']} data-autofocus tabIndex={-1}>
        <div className={classes['stage']}>
          {asset !== null && <DetailMedia key={targetKey(asset.ref)} asset={asset} />}
        </div>
        <div className={classes['caption']}>
          {asset !== null && <StateMark {...assetState(asset, false)} />}
          <span className={classes['position']} role="status">
            {t('preview.position', { position: number(position), total: number(total) })}
          </span>
          <IconButton
            label={t('preview.previous')}
            disabled={position <= 1}
            onClick={() => onMove(-1)}
          >
            <IconChevronLeft size={18} />
          </IconButton>
          <IconButton
            label={t('preview.next')}
            disabled={position >= total}
            onClick={() => onMove(1)}
          >
            <IconChevronRight size={18} />
          </IconButton>
          <IconButton label={t('common.close')} onClick={onClose}>
            <IconX size={18} />
          </IconButton>
        </div>
      </div>
    </Modal>
  )
}
