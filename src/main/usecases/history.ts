import type { HistoryCheck, HistoryEvent } from '../../shared/domain/history.ts'
import type { RequestOutput } from '../../shared/ipc/contract.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SecretStore } from '../ports/secret-store.ts'
import { DamagedStoreError, type Store } from '../ports/store.ts'
import { appEvent } from './history-event.ts'

/** Where the end of the chain is kept beside the database (security F8). */
const headEntry = 'history-head'

export interface HistoryDeps {
  readonly store: Store
  readonly secrets: SecretStore
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  readonly writeExport: (
    path: string,
    format: 'csv' | 'jsonl',
    events: Iterable<HistoryEvent>
  ) => Promise<Result<number>>
  readonly today: () => string
  /** False while asking the keychain could open a prompt that nobody expects. */
  readonly isKeychainOpen: () => boolean
}

interface Head {
  readonly seq: number
  readonly hash: string
}

const readHead = (text: string): Head | null => {
  const match = /^(\d{1,15}) ([a-f0-9]{64})$/.exec(text)
  return match ? { seq: Number(match[1]), hash: match[2] ?? '' } : null
}

/** Checking, exporting and remembering the end of the history. */
export const createHistory = (deps: HistoryDeps) => {
  const { store, secrets } = deps
  let remembered: string | null = null

  /** Keeps the chain's end in the keychain, so that records cut off the end can be noticed. */
  const rememberHead = async (): Promise<void> => {
    const head = store.read.historyHead()
    if (head === null) return
    const text = `${head.seq} ${head.hash}`
    if (text === remembered) return
    const answer = await secrets.set(headEntry, text)
    if (answer.kind === 'ok') remembered = text
  }

  const check = async (): Promise<Result<HistoryCheck>> => {
    const answer = await secrets.get(headEntry, { isExpected: false })
    const head = answer.kind === 'ok' ? readHead(answer.value) : null
    try {
      return ok(await store.checkHistory(head))
    } catch (error) {
      if (error instanceof DamagedStoreError) {
        return fail({ kind: 'storage-failed', reason: 'damaged' })
      }
      throw error
    }
  }

  const exportTo = async (
    format: 'csv' | 'jsonl'
  ): Promise<Result<RequestOutput<'history:export'>>> => {
    const path = await deps.askWhere(`replica-desk-history-${deps.today()}.${format}`)
    if (path === null) return ok({ savedAs: null, count: 0 })
    const written = await deps.writeExport(path, format, store.read.eachHistoryEvent())
    if (!written.ok) return written
    const noted = store.transaction((write) => {
      write.append(appEvent('history-exported', { format, count: written.value }))
      return null
    })
    return noted.ok ? ok({ savedAs: path, count: written.value }) : fail(noted.error)
  }

  /** The new end is remembered at once: against the old one the records that were cleared would be missing. */
  const clear = async (headSeq: number): Promise<Result<RequestOutput<'history:clear'>>> => {
    const cleared = await store.clearHistory(headSeq)
    if (cleared.ok && deps.isKeychainOpen()) await rememberHead()
    return cleared
  }

  return { check, exportTo, rememberHead, clear }
}
export type History = ReturnType<typeof createHistory>
