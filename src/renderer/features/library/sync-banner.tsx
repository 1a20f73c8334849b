import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { type ProviderId, providerName, statusLink } from '../../../shared/catalogue/providers.ts'
import type { Account, AccountId } from '../../../shared/domain/account.ts'
import type { SyncStatus } from '../../../shared/domain/sync.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assertNever } from '../../../shared/result.ts'
import { type SyncTrouble, syncTroubles } from '../../state/accounts-slice.ts'
import { outOfReach, unreachedSince, waitingIn } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { offlineText, unreadableText } from '../../text/account-words.ts'
import { describeError, type Remedy } from '../../text/describe-error.ts'
import { keeperText } from '../../text/kind-words.ts'
import {
  endlessWords,
  type RefreshWords,
  restingWords,
  stoppedWords,
  tooLargeWords,
  waitingWords
} from '../../text/refresh-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useNow } from '../../ui/use-now.ts'
import { StopButton } from './refresh-note.tsx'

interface MendProps {
  readonly remedy: Remedy
  readonly trouble: SyncTrouble
  readonly provider: ProviderId | null
}

const Mend = ({ remedy, trouble, provider }: MendProps) => {
  const refreshAccount = useApp((state) => state.refreshAccount)
  const openAccountForm = useApp((state) => state.openAccountForm)
  const openLink = useApp((state) => state.openLink)
  const revealData = useApp((state) => state.revealData)
  switch (remedy) {
    case 'edit-account':
      return (
        <Button onClick={() => openAccountForm(trouble.accountId)}>{t('accounts.edit')}</Button>
      )
    case 'check-status':
      return provider === null ? null : (
        <Button onClick={() => void openLink(statusLink(provider))}>
          {t('settings.statusOf', { who: providerName(provider) })}
        </Button>
      )
    case 'open-settings':
      return <Button onClick={() => void revealData()}>{t('settings.reveal')}</Button>
    case 'try-again':
    case 'refresh':
    case 'none':
      return (
        <Button
          onClick={() => void refreshAccount(isSampleTrouble(trouble) ? null : trouble.accountId)}
        >
          {t('common.tryAgain')}
        </Button>
      )
    default:
      return assertNever(remedy)
  }
}

/** The provider of an account, within a sentence; one that was removed has left no name. */
const whoKeeps = (accounts: readonly Account[], id: AccountId | null): string => {
  const account = accounts.find((one) => one.id === id)
  return account === undefined ? keeperText(null) : providerName(account.provider)
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
      actions={<Button onClick={() => void refreshLibrary()}>{t('common.tryAgain')}</Button>}
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

/** Where a provider asks to wait for it, at once, with a way to end the refresh. */
const WaitingStrips = () => {
  const sync = useApp((state) => state.sync)
  const accountId = useApp((state) => state.filter.accountId)
  const accounts = useApp((state) => state.accounts)
  const nowMs = useNow()
  return waitingIn(sync, accountId).map((status) => {
    const { title, text } = waitingWords(whoKeeps(accounts, status.accountId), status, nowMs)
    const name = accounts.find(({ id }) => id === status.accountId)?.name ?? ''
    return (
      <MessageBox
        key={`waiting-${status.accountId}`}
        isStrip
        isLive
        tone="warn"
        title={accounts.length > 1 ? `${name}: ${title}` : title}
        text={text}
        actions={status.state === 'running' ? <StopButton /> : undefined}
      />
    )
  })
}

/** Ends that a new refresh takes the place of. */
const isOverridden = ({ kind }: SyncTrouble['error']): boolean =>
  kind === 'canceled' || kind === 'rate-limited'

/** What is said of how a refresh ended where that is more than what failed. */
const endWords = (status: SyncStatus, who: string, nowMs: number): RefreshWords | null => {
  const { lastError: error, readCount, waitsUntilAt } = status
  if (error?.kind === 'canceled') return stoppedWords(readCount)
  if (error?.kind === 'rate-limited' && waitsUntilAt !== null) {
    return restingWords(who, waitsUntilAt, nowMs)
  }
  const isEndless = error?.kind === 'unexpected-response' && error.where === 'endless'
  return isEndless ? endlessWords(who, readCount) : null
}

/** Why what is shown may be older than it should be. One strip for each account in trouble. */
export const SyncBanner = () => {
  const sync = useApp((state) => state.sync)
  const accountId = useApp((state) => state.filter.accountId)
  const accounts = useApp((state) => state.accounts)
  const troubles = useMemo(() => toldOnce(syncTroubles(sync, accountId)), [sync, accountId])
  const unreadable = [...sync.values()].filter((status) => status.unreadableCount > 0)
  const nowMs = useNow()
  const large = [...sync.values()].flatMap((status) => {
    const inWords = tooLargeWords(whoKeeps(accounts, status.accountId), status.tooLarge)
    return inWords === null ? [] : [{ ...inWords, accountId: status.accountId }]
  })
  return (
    <>
      <OfflineBanner />
      <WaitingStrips />
      {troubles.map((trouble) => {
        const status = sync.get(trouble.accountId)
        // What the refresh under way makes of it is told beside it.
        if (status?.state === 'running' && isOverridden(trouble.error)) return null
        const account = accounts.find(({ id }) => id === trouble.accountId)
        const provider = account?.provider ?? null
        const who = whoKeeps(accounts, trouble.accountId)
        const name = account?.name ?? ''
        const described = describeError(trouble.error, who)
        const ended = status === undefined ? null : endWords(status, who, nowMs)
        const { title, said } = { ...described, ...ended }
        const meaning = ended?.text ?? described.meaning
        const remedy: Remedy = ended === null ? described.remedy : 'try-again'
        return (
          <MessageBox
            key={trouble.accountId}
            isStrip
            isLive
            tone={trouble.error.kind === 'canceled' ? 'quiet' : 'warn'}
            title={accounts.length > 1 && !isSampleTrouble(trouble) ? `${name}: ${title}` : title}
            quote={{ who, said }}
            text={meaning}
            actions={<Mend remedy={remedy} trouble={trouble} provider={provider} />}
          />
        )
      })}
      {large.map(({ accountId: id, title, text }) => (
        <MessageBox key={`large-${id}`} isStrip tone="quiet" title={title} text={text} />
      ))}
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
