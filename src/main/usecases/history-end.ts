import type { HistoryCheck } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import type { Store } from '../ports/store.ts'
import { appEvent } from './history-event.ts'

export interface HistoryEndDeps {
  readonly store: Store
  readonly secrets: SecretStore
}

type Remembered = HistoryCheck['remembered']

/** Versions before kept one end for all databases of a user. */
const sharedEntry = 'history-head'
/** The shared end that was accepted as none of this database. */
const acceptedNote = 'historySharedEnd'

/** A new beginning, by the start of its record's hash: a backup restored, or a history cleared. */
type Beginning = string
const beginningLength = 16
const mostBeginnings = 20

/** The end of the chain as it was kept, with the beginnings that were known then. */
interface KeptEnd {
  readonly seq: number
  readonly hash: string
  readonly beginnings: readonly Beginning[]
}

const readEnd = (text: string): KeptEnd | null => {
  const match = /^(\d{1,15}) ([a-f0-9]{64})(?: ([a-f0-9,]*))?$/.exec(text)
  if (match === null) return null
  const [, seq, hash = '', beginnings = ''] = match
  return { seq: Number(seq), hash, beginnings: beginnings.split(',').filter(Boolean) }
}

const differing: readonly Remembered[] = ['behind', 'mismatch', 'restored', 'cleared']

/** Whether the remembered end is kept as it is until the person accepts the one that is there now. */
export const isDiffering = (remembered: Remembered): boolean => differing.includes(remembered)

/**
 * Where the history ends, kept in the keychain: beside the database, so that records cut off can be noticed (security
 * F8). One entry a database, by its lineage. What is kept is compared before it is written over, and one that the
 * history does not lead on from stays until the person accepts that.
 */
export const createHistoryEnd = ({ store, secrets }: HistoryEndDeps) => {
  let lastWritten: string | null = null
  let queue: Promise<unknown> = Promise.resolve()

  /** Comparing and writing belong together. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn
    return turn
  }

  const entryName = (): string | null => {
    const lineage = store.read.lineage()
    return lineage === null ? null : `history-end-${lineage}`
  }

  const first = () => {
    const query = { search: '', accountId: null, asset: null, group: 'all' } as const
    return store.read.history({ ...query, beforeSeq: 2, limit: 1 }).rows[0] ?? null
  }

  /** The new beginnings in the chain, the latest first. */
  const beginnings = (): readonly { readonly is: Beginning; readonly how: Remembered }[] => {
    const query = { accountId: null, asset: null, group: 'all', beforeSeq: null } as const
    const restored = store.read
      .history({ ...query, search: 'database-restored', limit: 100 })
      .rows.filter(({ type }) => type === 'database-restored')
      .slice(0, mostBeginnings - 1)
      .map(({ hash }) => ({ is: hash.slice(0, beginningLength), how: 'restored' as const }))
    const start = first()
    if (start?.type !== 'history-cleared') return restored
    return [...restored, { is: start.hash.slice(0, beginningLength), how: 'cleared' as const }]
  }

  /** The first record after clearing names the last one before. */
  const isWhatWasCleared = ({ seq, hash }: KeptEnd): boolean => {
    const start = first()
    return (
      start?.type === 'history-cleared' &&
      start.body['count'] === seq &&
      start.body['lastHash'] === hash
    )
  }

  const compareWith = (kept: KeptEnd | null): Remembered => {
    if (kept === null) return 'mismatch'
    const there = store.read.historyHash(kept.seq)
    if (there === kept.hash || isWhatWasCleared(kept)) return 'matches'
    const [latest] = beginnings()
    if (latest !== undefined && !kept.beginnings.includes(latest.is)) return latest.how
    return there === null ? 'behind' : 'mismatch'
  }

  const compareShared = async (): Promise<Remembered> => {
    const answer = await secrets.get(sharedEntry, { isExpected: false })
    if (answer.kind === 'absent') return 'none'
    if (answer.kind !== 'ok') return 'not-asked'
    if (store.read.meta(acceptedNote) === answer.value) return 'none'
    return compareWith(readEnd(answer.value)) === 'matches' ? 'matches' : 'other-database'
  }

  const compare = async (): Promise<Remembered> => {
    const name = entryName()
    if (name === null) return 'not-asked'
    const answer = await secrets.get(name, { isExpected: false })
    if (answer.kind === 'ok') {
      const found = compareWith(readEnd(answer.value))
      if (found !== 'matches') return found
      // One that belongs to no database known here stays told.
      return (await compareShared()) === 'other-database' ? 'other-database' : 'matches'
    }
    return answer.kind === 'absent' ? compareShared() : 'not-asked'
  }

  const endNow = (): string | null => {
    const head = store.read.historyHead()
    if (head === null) return null
    const known = beginnings().map(({ is }) => is)
    return `${head.seq} ${head.hash} ${known.join(',')}`.trim()
  }

  const write = async (name: string, text: string): Promise<SecretAnswer<null>> => {
    const answer = await secrets.set(name, text)
    if (answer.kind === 'ok') lastWritten = text
    return answer
  }

  /** Once the end is kept under its own name, the shared one is done with, if it was of this database. */
  const leaveShared = async (): Promise<void> => {
    if ((await compareShared()) === 'matches') await secrets.delete(sharedEntry)
  }

  /** Null if there was nothing to write or the keychain did not answer. */
  const remember = async (): Promise<Remembered | null> => {
    const name = entryName()
    const text = endNow()
    if (name === null || text === null || text === lastWritten) return null
    // A locked keychain reads as an empty one, and what it holds must not be written over.
    const answer = await secrets.getProven(name)
    if (answer.kind !== 'ok' && answer.kind !== 'absent') return null
    const found = answer.kind === 'ok' ? compareWith(readEnd(answer.value)) : 'matches'
    if (isDiffering(found)) return found
    const written = await write(name, text)
    if (written.kind === 'ok' && answer.kind === 'absent') await leaveShared()
    return found
  }

  const accept = async (): Promise<Result<null>> => {
    const found = await compare()
    const name = entryName()
    if (name === null || !(isDiffering(found) || found === 'other-database')) {
      return fail({ kind: 'not-found' })
    }
    const answer = await secrets.get(found === 'other-database' ? sharedEntry : name, {
      isExpected: true
    })
    if (answer.kind !== 'ok') {
      const state = answer.kind === 'absent' ? 'failed' : answer.kind
      return fail({ kind: 'keychain-unavailable', state })
    }
    const kept = readEnd(answer.value)
    const noted = store.transaction((write) => {
      if (found === 'other-database') write.putMeta(acceptedNote, answer.value)
      const body = { found, keptSeq: kept?.seq ?? null, keptHash: kept?.hash ?? null }
      write.append(appEvent('history-end-accepted', body))
      return null
    })
    const text = endNow()
    if (!noted.ok || text === null || found === 'other-database') return noted
    const written = await write(name, text)
    if (written.kind === 'ok') return ok(null)
    const state = written.kind === 'absent' ? 'failed' : written.kind
    return fail({ kind: 'keychain-unavailable', state })
  }

  return {
    /** How the history relates to the end that is kept. */
    compare: () => inTurn(compare),
    /** Keeps the end as it is now, unless the one that is kept differs. */
    remember: () => inTurn(remember),
    /** Keeps the end as it is now in the place of one that differs, and records that. */
    accept: () => inTurn(accept)
  }
}
