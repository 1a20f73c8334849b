import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { ProviderId } from '../../../shared/domain/account.ts'
import { assertNever } from '../../../shared/result.ts'
import { type SyncTrouble, syncTroubles } from '../../state/accounts-slice.ts'
import { outOfReach, unreachedSince } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { offlineText, providerName, unreadableText } from '../../text/account-words.ts'
import { describeError, type Remedy } from '../../text/describe-error.ts'
import { words } from '../../text/words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useNow } from '../../ui/use-now.ts'

interface MendProps {
  readonly remedy: Remedy
  readonly trouble: SyncTrouble
  readonly provider: ProviderId
}

const Mend = ({ remedy, trouble, provider }: MendProps) => {
  const refreshAccount = useApp((state) => state.refreshAccount)
  const openAccountForm = useApp((state) => state.openAccountForm)
  const openLink = useApp((state) => state.openLink)
  const revealData = useApp((state) => state.revealData)
  switch (remedy) {
    case 'edit-account':
      return (
        <Button onClick={() => openAccountForm(trouble.accountId)}>{words.accounts.edit}</Button>
      )
    case 'check-status':
      return (
        <Button onClick={() => void openLink(`${provider}-status`)}>
          {words.settings.statusOf(providerName(provider))}
        </Button>
      )
    case 'open-settings':
      return <Button onClick={() => void revealData()}>{words.settings.reveal}</Button>
    case 'try-again':
    case 'refresh':
    case 'none':
      return (
        <Button
          onClick={() => void refreshAccount(isSampleTrouble(trouble) ? null : trouble.accountId)}
        >
          {words.common.tryAgain}
        </Button>
      )
    default:
      return assertNever(remedy)
  }
}

/** Everything can still be read, so this is said once and quietly, for all accounts together. */
const OfflineBanner = () => {
  const sync = useApp((state) => state.sync)
  const accountId = useApp((state) => state.filter.accountId)
  const accounts = useApp((state) => state.accounts)
  const refreshLibrary = useApp((state) => state.refreshLibrary)
  const nowMs = useNow()
  const statuses = useMemo(() => outOfReach(sync, accountId), [sync, accountId])
  if (statuses.length === 0) return null
  const names = statuses.flatMap(
    (status) => accounts.find(({ id }) => id === status.accountId)?.name ?? []
  )
  const isAll = accountId !== null || statuses.length === accounts.length
  return (
    <MessageBox
      isStrip
      isLive
      tone="quiet"
      title={offlineText(unreachedSince(statuses), isAll ? [] : names, nowMs)}
      text=""
      actions={<Button onClick={() => void refreshLibrary()}>{words.common.tryAgain}</Button>}
    />
  )
}

const isSampleTrouble = ({ error }: SyncTrouble): boolean => error.kind === 'sample-not-started'

/** One program plays all the sample data, so that it did not start is told once; offline has a strip of its own. */
const toldOnce = (troubles: readonly SyncTrouble[]): readonly SyncTrouble[] => {
  const sample = troubles.find(isSampleTrouble)
  return troubles.filter(
    (trouble) =>
      trouble.error.kind !== 'offline' && (!isSampleTrouble(trouble) || trouble === sample)
  )
}

/** Why what is shown may be older than it should be. One strip for each account in trouble. */
export const SyncBanner = () => {
  const sync = useApp((state) => state.sync)
  const accountId = useApp((state) => state.filter.accountId)
  const accounts = useApp((state) => state.accounts)
  const troubles = useMemo(() => toldOnce(syncTroubles(sync, accountId)), [sync, accountId])
  const unreadable = [...sync.values()].filter((status) => status.unreadableCount > 0)
  return (
    <>
      <OfflineBanner />
      {troubles.map((trouble) => {
        const account = accounts.find(({ id }) => id === trouble.accountId)
        const provider = account?.provider ?? 'tavus'
        const name = account?.name ?? ''
        const { title, meaning, said, remedy } = describeError(
          trouble.error,
          providerName(provider)
        )
        return (
          <MessageBox
            key={trouble.accountId}
            isStrip
            isLive
            tone="warn"
            title={accounts.length > 1 && !isSampleTrouble(trouble) ? `${name}: ${title}` : title}
            quote={{ who: providerName(provider), said }}
            text={meaning}
            actions={<Mend remedy={remedy} trouble={trouble} provider={provider} />}
          />
        )
      })}
      {unreadable.map((status) => (
        <MessageBox
          key={`unreadable-${status.accountId}`}
          isStrip
          tone="quiet"
          title={unreadableText(status)}
          text=""
        />
      ))}
    </>
  )
}
