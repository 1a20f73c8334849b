import { Button } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type MouseEvent, useState } from 'react'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { assetKey } from '../../state/asset-key.ts'
import { useApp } from '../../state/use-app.ts'
import {
  askedText,
  assetName,
  assetState,
  failureQuote,
  failureWords,
  originText,
  stillnessText
} from '../../text/asset-words.ts'
import { cautionText } from '../../text/deletion-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { eventText } from '../../text/history-words.ts'
import { clockTime, dayAndTime, exactTime } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList, type FactRow } from '../../ui/fact-list.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { Poster } from '../../ui/poster.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { SidePane } from '../../ui/side-pane.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { TimeText } from '../../ui/time-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './detail-pane.module.css'

/** While the refund of a failed training is being booked; the same day that main warns for. */
const refundMs = 86_400_000

const AccountFact = ({ account }: { readonly account: Account }) => (
  <span className={classes['account']}>
    <AccountDot color={account.color} />
    <PersonText text={account.name} />
    {account.isSample && <SampleBadge label={words.common.sampleData} />}
  </span>
)

const Failure = ({ asset }: { readonly asset: Asset }) => {
  const addDrafts = useApp((state) => state.addDrafts)
  const { meaning, nextStep } = failureWords(asset.errorMessage)
  return (
    <section className={classes['failure']}>
      <p className={classes['quote']}>{failureQuote(asset.errorMessage)}</p>
      <p>
        {meaning} {nextStep}
      </p>
      <Button onClick={() => void addDrafts('')}>{words.detail.createAgain}</Button>
    </section>
  )
}

const factRows = (asset: Asset, account: Account | null, nowMs: number): readonly FactRow[] => {
  const { detail } = words
  const time = (at: string) => (
    <time dateTime={at} title={exactTime(at)}>
      {dayAndTime(at, nowMs)}
    </time>
  )
  return [
    {
      name: detail.id,
      value: (
        <span className={classes['id']}>
          <code>{asset.ref.id}</code>
          <CopyButton
            text={asset.ref.id}
            label={words.library.actions.copyId}
            copiedLabel={words.common.copied}
          />
        </span>
      )
    },
    ...(account === null
      ? []
      : [{ name: detail.account, value: <AccountFact account={account} /> }]),
    { name: detail.model, value: asset.model ?? words.common.unknown },
    { name: detail.type, value: originText(asset.origin) },
    {
      name: detail.created,
      value: asset.createdAt === null ? words.common.unknown : time(asset.createdAt)
    },
    ...(asset.updatedAt === null ? [] : [{ name: detail.updated, value: time(asset.updatedAt) }]),
    { name: detail.asOf, value: time(asset.lastSeenAt) }
  ]
}

const RecentHistory = () => {
  const history = useApp((state) => state.detailHistory)
  const nowMs = useNow()
  if (history.kind === 'failed') {
    return <p className={classes['dim']}>{describeError(history.error).title}</p>
  }
  if (history.kind !== 'ready') return null
  return (
    <section aria-label={words.detail.history}>
      <h3 className={classes['heading']}>{words.detail.history}</h3>
      {history.value.length === 0 && <p className={classes['dim']}>{words.detail.noHistory}</p>}
      <ol className={classes['events']}>
        {history.value.map((event) => (
          <li key={event.seq} className={classes['event']}>
            <time dateTime={event.at} title={exactTime(event.at)} className={classes['when']}>
              {dayAndTime(event.at, nowMs).replace(/^Today, .*/, clockTime(event.at))}
            </time>
            <span className={classes['what']}>{eventText(event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface Props {
  readonly onRename: (asset: Asset) => void
  readonly onMenu: (asset: Asset, at: { readonly x: number; readonly y: number }) => void
}

export const DetailPane = ({ onRename, onMenu }: Props) => {
  const detail = useApp((state) => state.detail)
  const select = useApp((state) => state.select)
  const close = () => select(null)
  if (detail.kind === 'ready') {
    return <AssetDetail asset={detail.value} onRename={onRename} onMenu={onMenu} onClose={close} />
  }
  return (
    <SidePane label={words.detail.label} closeLabel={words.detail.close} onClose={close}>
      {detail.kind === 'failed' && (
        <MessageBox
          tone="warn"
          title={describeError(detail.error).title}
          text={describeError(detail.error).meaning}
        />
      )}
    </SidePane>
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
  const isDeleting = useApp((state) => state.deleting.has(assetKey(asset.ref)))
  const deleteSoftly = useApp((state) => state.deleteSoftly)
  const nowMs = useNow()
  const [isLookedAt, setIsLookedAt] = useState(false)
  const name = assetName(asset)
  const state = assetState(asset, isDeleting)
  const changedAt = asset.updatedAt ?? asset.createdAt
  const isRefundAtRisk =
    asset.status === 'failed' && changedAt !== null && nowMs - Date.parse(changedAt) < refundMs

  const openMenu = (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    onMenu(asset, { x: box.right, y: box.top - 4 })
  }

  return (
    <SidePane
      label={words.detail.label}
      closeLabel={words.detail.close}
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => onRename(asset)}>{words.detail.rename}</Button>
          <Button disabled={isDeleting} onClick={() => void deleteSoftly(asset)}>
            {words.detail.delete}
          </Button>
          <span className={classes['more']}>
            <IconButton label={words.detail.more} aria-haspopup="menu" onClick={openMenu}>
              <IconDots size={18} />
            </IconButton>
          </span>
        </>
      }
    >
      <div
        className={classes['poster']}
        onPointerEnter={() => setIsLookedAt(true)}
        onPointerLeave={() => setIsLookedAt(false)}
      >
        <Poster
          key={assetKey(asset.ref)}
          posterId={asset.posterId}
          name={asset.name}
          isPlaying={isLookedAt}
        />
      </div>
      <div>
        <h2 className={classes['name']} dir="auto">
          {name}
        </h2>
        <StateMark tone={state.tone} text={state.text} canWrap />
        {asset.status === 'training' && asset.progress !== null && (
          <div className={classes['progress']}>
            <ProgressBar percent={asset.progress} label={words.library.columns.progress} />
            <p className={classes['dim']}>
              {stillnessText(asset, nowMs) ?? words.detail.trainingTime}
            </p>
          </div>
        )}
      </div>
      {asset.deletion !== null && (
        <MessageBox tone="warn" title={askedText(asset.deletion, nowMs)} text="" />
      )}
      {asset.status === 'failed' && <Failure asset={asset} />}
      <FactList rows={factRows(asset, account, nowMs)} />
      {isRefundAtRisk && <MessageBox tone="warn" title={cautionText('failed-recently')} text="" />}
      <RecentHistory />
      <p className={classes['dim']}>
        {words.detail.firstSeen} <TimeText at={asset.firstSeenAt} />
      </p>
    </SidePane>
  )
}
