import { Button } from '@mantine/core'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { detailName, originText } from '../../text/asset-words.ts'
import { dayAndTime, exactTime, number } from '../../text/time-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FactList, type FactRow } from '../../ui/fact-list.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './detail-pane.module.css'
import { ModelDetail, VersionDetail } from './model-detail.tsx'
import { PersonFact } from './person-fact.tsx'

const AccountFact = ({ account }: { readonly account: Account }) => (
  <span className={classes['account']}>
    <AccountDot color={account.color} />
    <PersonText text={account.name} />
    {account.isSample && <SampleBadge label={t('common.sampleData')} />}
  </span>
)

interface MadeWithProps {
  readonly replica: AssetRef
  readonly name: string | null
}

const MadeWith = ({ replica, name }: MadeWithProps) => {
  const go = useApp((state) => state.go)
  const select = useApp((state) => state.select)
  if (name === null) return <code>{replica.id}</code>
  return (
    <button
      type="button"
      className={classes['link']}
      aria-label={t('detail.showReplica', { name })}
      onClick={() => {
        go('replicas')
        select(replica)
      }}
    >
      <PersonText text={name} />
    </button>
  )
}

const factRows = (asset: Asset, account: Account | null, nowMs: number): readonly FactRow[] => {
  const { accountId } = asset.ref
  const time = (at: string) => (
    <time dateTime={at} title={exactTime(at)}>
      {dayAndTime(at, nowMs)}
    </time>
  )
  const madeWith = (name: string): readonly FactRow[] =>
    asset.parentId === null
      ? []
      : [
          {
            name,
            value: (
              <MadeWith
                replica={{ accountId, kind: 'replica', id: asset.parentId }}
                name={asset.parentName}
              />
            )
          }
        ]
  const ofKind: readonly FactRow[] = !kinds[asset.ref.kind].hasStates
    ? asset.ref.kind === 'conversation'
      ? madeWith(t('detail.heldWith'))
      : asset.ref.kind === 'persona'
        ? [
            ...madeWith(t('detail.pal.face')),
            { name: t('detail.type'), value: originText(asset.origin) }
          ]
        : []
    : asset.ref.kind === 'video'
      ? madeWith(t('detail.madeWith'))
      : [
          ...(asset.ref.kind === 'voice'
            ? []
            : [{ name: t('detail.model'), value: asset.model ?? t('common.unknown') }]),
          { name: t('detail.type'), value: originText(asset.origin) }
        ]
  return [
    {
      name: t('detail.id'),
      value: (
        <span className={classes['id']}>
          <code>{asset.ref.id}</code>
          <CopyButton
            text={asset.ref.id}
            label={t('library.actions.copyId')}
            copiedLabel={t('common.copied')}
          />
        </span>
      )
    },
    ...(account === null
      ? []
      : [{ name: t('detail.account'), value: <AccountFact account={account} /> }]),
    ...ofKind,
    ...(asset.presence === 'gone' && asset.personId === null
      ? []
      : [{ name: t('people.person'), value: <PersonFact asset={asset} /> }]),
    // Replicate tells of no model when it was made.
    ...(asset.ref.kind === 'model'
      ? []
      : [
          {
            name: t('detail.created'),
            value: asset.createdAt === null ? t('common.unknown') : time(asset.createdAt)
          }
        ]),
    ...(asset.updatedAt === null
      ? []
      : [{ name: t('detail.updated'), value: time(asset.updatedAt) }]),
    { name: t('detail.asOf'), value: time(asset.lastSeenAt) }
  ]
}

interface Props {
  readonly asset: Asset
  readonly account: Account | null
}

const VideosMade = ({ replica }: { readonly replica: Asset }) => {
  const count = replica.childCount
  const showMadeFrom = useApp((state) => state.showMadeFrom)
  return (
    <button
      type="button"
      className={classes['link']}
      aria-label={t('detail.showVideos', { count })}
      onClick={() => showMadeFrom(replica)}
    >
      {number(count)}
    </button>
  )
}

/** Nothing is said of a replica that nothing was made with. */
const videosMade = (asset: Asset): readonly FactRow[] =>
  asset.ref.kind !== 'replica' || asset.childCount === 0
    ? []
    : [{ name: t('detail.videosMade'), value: <VideosMade replica={asset} /> }]

export const DetailFacts = ({ asset, account }: Props) => (
  <FactList rows={[...factRows(asset, account, useNow()), ...videosMade(asset)]} />
)

/** What else the provider told; the script is read, the rest looked up. */
export const MoreDetails = ({ asset }: { readonly asset: Asset }) => {
  if (asset.ref.kind === 'model') return <ModelDetail asset={asset} />
  if (asset.ref.kind === 'version') return <VersionDetail asset={asset} />
  return <ToldDetails asset={asset} />
}

const ToldDetails = ({ asset }: { readonly asset: Asset }) => {
  const script = asset.details.find(({ name }) => name === 'script')?.value ?? ''
  const others = asset.details.filter(
    ({ name, value }) => name !== 'script' && value !== '' && value !== asset.errorMessage
  )
  return (
    <>
      {script !== '' && (
        <section aria-label={detailName('script')}>
          <h3 className={classes['scriptHead']}>
            {detailName('script')}
            <CopyButton
              text={script}
              label={t('detail.copyScript')}
              copiedLabel={t('common.copied')}
            />
          </h3>
          <p className={classes['script']} dir="auto">
            {script}
          </p>
        </section>
      )}
      {others.length > 0 && (
        <FactList
          rows={others.map(({ name, value }) => ({
            name: detailName(name),
            value: <PersonText text={value} />
          }))}
        />
      )}
    </>
  )
}

/** Main keeps the links and puts them on the clipboard itself; the window never sees them. */
export const VideoLinks = ({ asset }: { readonly asset: Asset }) => {
  const copyLink = useApp((state) => state.copyLink)
  if (asset.ref.kind !== 'video' || asset.presence === 'gone') return null
  const links =
    asset.status === 'ready' ? (['hosted', 'download', 'stream'] as const) : (['hosted'] as const)
  return (
    <section aria-label={t('detail.links')} className={classes['links']}>
      {links.map((link) => (
        <Button key={link} size="xs" onClick={() => void copyLink(asset, link)}>
          {t(`detail.copyLinks.${link}`)}
        </Button>
      ))}
    </section>
  )
}
