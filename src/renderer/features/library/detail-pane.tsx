import { Button } from '@mantine/core'
import { IconDots, IconPin } from '@tabler/icons-react'
import { type MouseEvent, Suspense, useEffect } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { keeperName, kinds } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isSameAsset } from '../../state/asset-key.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { hasReceipt } from '../../state/receipts-slice.ts'
import { useApp } from '../../state/use-app.ts'
import {
  askedText,
  assetName,
  assetState,
  stillnessText,
  timeLeftText
} from '../../text/asset-words.ts'
import { deleteForGoodText } from '../../text/kind-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { isDialogOpen, isTyping } from '../../ui/keyboard.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { loadedLater, preloaded } from '../../ui/preloaded.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ReceiptMenu } from '../../ui/receipt-menu.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { TimeText } from '../../ui/time-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import { DetailFacts, MoreDetails, VideoLinks } from './detail-facts.tsx'
import { DetailMedia } from './detail-media.tsx'
import classes from './detail-pane.module.css'
import { RenameField } from './rename-field.tsx'
import { VoiceUses } from './voice-detail.tsx'

const ConversationTranscript = loadedLater(
  async () => (await import('./conversation-detail.tsx')).ConversationTranscript
)

const PalPages = loadedLater(async () => (await import('./pal-pages.tsx')).PalPages)

const AssetNote = loadedLater(async () => (await import('./asset-note.tsx')).AssetNote)

/** What was done before; it comes with more words than all the rest of the pane. */
export const DetailStory = preloaded(async () => (await import('./detail-story.tsx')).DetailStory)

const AssetFailure = loadedLater(async () => (await import('./asset-failure.tsx')).AssetFailure)

const DetailFailed = loadedLater(async () => (await import('./failures.tsx')).DetailFailed)

/** While the refund of a failed training is being booked; the same day that main warns for. */
const refundMs = 86_400_000

/** How long it still takes, and that it stands still, once that is worth a word. */
const TrainingTime = ({ asset }: { readonly asset: Asset }) => {
  const outlook = useApp((state) => state.detailOutlook)
  const nowMs = useNow()
  const stillness = stillnessText(asset, nowMs)
  return (
    <>
      <p className={classes['dim']}>
        {asset.status === 'preview'
          ? t('detail.preview')
          : outlook === null
            ? t('detail.trainingTime')
            : timeLeftText(outlook, nowMs)}
      </p>
      {stillness !== null && <p className={classes['dim']}>{stillness}</p>}
    </>
  )
}

interface Props {
  readonly onRename: (asset: Asset) => void
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
}

export const DetailPane = ({ onRename, onMenu }: Props) => {
  const detail = useApp((state) => state.detail)
  const select = useApp((state) => state.select)
  const selected = useApp((state) => state.selected)
  const close = () => select(null)
  if (detail.kind === 'ready') {
    return <AssetDetail asset={detail.value} onRename={onRename} onMenu={onMenu} onClose={close} />
  }
  return (
    <SidePane
      label={t('detail.label')}
      closeLabel={t('detail.close')}
      owner={selected === null ? '' : targetKey(selected)}
      onClose={close}
    >
      <Suspense fallback={null}>
        {detail.kind === 'failed' && <DetailFailed error={detail.error} />}
      </Suspense>
    </SidePane>
  )
}

/** Of what is gone its proof and its story are left. */
const GoneActions = ({ asset }: { readonly asset: Asset }) => {
  const past = useApp((state) => state.pastDeletions)
  const saveReceipt = useApp((state) => state.saveReceipt)
  const showHistoryOf = useApp((state) => state.showHistoryOf)
  const askToForget = useApp((state) => state.askToForget)
  const last = past.kind === 'ready' ? past.value.find(hasReceipt) : undefined
  const batchId = last?.batchId ?? null
  return (
    <>
      {batchId !== null && (
        <ReceiptMenu size="sm" onSave={(format) => void saveReceipt(batchId, format)} />
      )}
      <Button onClick={() => showHistoryOf(asset.ref)}>{t('library.actions.showHistory')}</Button>
      <Button
        variant="subtle"
        onClick={() => void askToForget({ refs: [asset.ref], personId: null })}
      >
        {t('forget.open')}
      </Button>
    </>
  )
}

const AssetDetail = ({
  asset,
  onRename,
  onMenu,
  onClose
}: Props & { readonly asset: Asset; readonly onClose: () => void }) => {
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === asset.ref.accountId) ?? null
  )
  const isDeleting = useApp((state) => state.deleting.has(targetKey(asset.ref)))
  const openTeardown = useApp((state) => state.openTeardown)
  const deleteSoftly = useApp((state) => state.deleteSoftly)
  const isBlocked = useApp((state) => isOutOfReach(state.sync, asset.ref.accountId))
  const network = isBlocked
    ? {
        disabled: true,
        title: t('library.offlineReason'),
        'aria-description': t('library.offlineReason')
      }
    : {}
  const isRenaming = useApp(
    ({ renaming }) => renaming?.place === 'pane' && isSameAsset(renaming.ref, asset.ref)
  )
  const nowMs = useNow()
  const name = assetName(asset)
  const { canBeRenamed, hasSoftDelete } = kinds[asset.ref.kind]
  const state = assetState(asset, isDeleting)
  const changedAt = asset.updatedAt ?? asset.createdAt
  const isRefundAtRisk =
    asset.ref.kind === 'replica' &&
    asset.status === 'failed' &&
    changedAt !== null &&
    nowMs - Date.parse(changedAt) < refundMs

  const canRename = canBeRenamed && asset.presence === 'listed' && !isBlocked
  useEffect(() => {
    if (!canRename) return
    const onKeyDown = (event: KeyboardEvent) => {
      const isHere = document.activeElement?.closest('[data-owner]') !== null
      if (event.key !== 'F2' || !isHere || isTyping(event) || isDialogOpen()) return
      event.preventDefault()
      onRename(asset)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [canRename, asset, onRename])

  const openMenu = (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onMenu(asset, { x: box.right, y: box.top - 4 })
  }

  return (
    <SidePane
      label={t('detail.label')}
      closeLabel={t('detail.close')}
      owner={targetKey(asset.ref)}
      onClose={onClose}
      footer={
        <>
          {asset.presence === 'gone' ? (
            <GoneActions asset={asset} />
          ) : (
            <>
              {canBeRenamed && (
                <Button {...network} onClick={() => onRename(asset)}>
                  {t('detail.rename')}
                </Button>
              )}
              {asset.ref.kind === 'model' && (
                <Button {...network} onClick={() => void openTeardown(asset)}>
                  {t('models.tearDown')}
                </Button>
              )}
              <Button
                disabled={isDeleting}
                {...(hasSoftDelete ? {} : network)}
                onClick={() => void deleteSoftly(asset)}
              >
                {hasSoftDelete ? t('detail.delete') : deleteForGoodText(asset.ref.kind)}
              </Button>
            </>
          )}
          <span className={classes['more']}>
            <IconButton label={t('detail.more')} aria-haspopup="menu" onClick={openMenu}>
              <IconDots size={18} />
            </IconButton>
          </span>
        </>
      }
    >
      <DetailMedia key={targetKey(asset.ref)} asset={asset} />
      <div>
        {isRenaming ? (
          <RenameField asset={asset} />
        ) : (
          <h2 className={classes['name']} dir="auto">
            {name}
          </h2>
        )}
        <StateMark tone={state.tone} text={state.text} lines="any" />
        {asset.isPinned && (
          <p className={classes['pinned']} title={t('detail.pinnedHint')}>
            <IconPin size={14} aria-hidden="true" /> {t('detail.pinned')}
          </p>
        )}
        {(asset.status === 'training' || asset.status === 'preview') && (
          <div className={classes['progress']}>
            {asset.status === 'training' && asset.progress !== null && (
              <ProgressBar percent={asset.progress} label={t('library.columns.progress')} />
            )}
            {asset.ref.kind === 'replica' && <TrainingTime asset={asset} />}
          </div>
        )}
      </div>
      {asset.deletion !== null && (
        <MessageBox
          tone={asset.deletion.state === 'held' ? 'quiet' : 'warn'}
          title={askedText(asset.deletion, keeperName(asset.ref.kind), nowMs)}
          text=""
        />
      )}
      <Suspense fallback={null}>
        {asset.status === 'failed' && <AssetFailure asset={asset} />}
      </Suspense>
      <VideoLinks asset={asset} />
      <VoiceUses asset={asset} />
      {asset.ref.kind === 'persona' && asset.presence === 'listed' && asset.origin !== 'stock' && (
        <Suspense fallback={null}>
          <PalPages key={targetKey(asset.ref)} asset={asset} />
        </Suspense>
      )}
      <DetailFacts asset={asset} account={account} />
      <Suspense fallback={null}>
        <AssetNote asset={asset.ref} />
      </Suspense>
      {isRefundAtRisk && <MessageBox tone="warn" title={t('cautions.failed-recently')} text="" />}
      <MoreDetails asset={asset} />
      {asset.ref.kind === 'conversation' && asset.presence === 'listed' && (
        <Suspense fallback={null}>
          <ConversationTranscript key={targetKey(asset.ref)} asset={asset} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <DetailStory.View asset={asset} />
      </Suspense>
      <p className={classes['dim']}>
        {t('detail.firstSeen')} <TimeText at={asset.firstSeenAt} />
      </p>
    </SidePane>
  )
}
