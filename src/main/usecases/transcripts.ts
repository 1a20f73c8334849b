import { targetKey } from '../../shared/catalogue/keys.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Transcript } from '../../shared/domain/transcript.ts'
import { redact } from '../../shared/redact.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { textFileName } from '../rules/text-file-name.ts'
import type { KeyRing } from './key-ring.ts'

export interface TranscriptDeps {
  readonly store: Pick<Store, 'read'>
  readonly keyRing: Pick<KeyRing, 'connect'>
  readonly providerOf: (account: AccountRecord) => Provider
  /** May have to bring up what answers. */
  readonly makeReady: (account: AccountRecord) => Promise<Result<null>>
  readonly stopping: AbortSignal
  /** Asks where to save a file of this name; null if the person thought better of it. */
  readonly askWhere: (name: string) => Promise<string | null>
  readonly saveText: (path: string, text: string) => Promise<Result<null>>
  readonly wordsOf: (name: string, transcript: Transcript) => string
}

/**
 * What was said in conversations. It is personal data of whoever came to talk: it is requested only when the person asks for
 * it, and kept nowhere but in the file that they choose. The last one stays in memory, so that what is saved is what was read.
 */
export const createTranscripts = (deps: TranscriptDeps) => {
  const { store } = deps
  let last: { readonly key: string; readonly transcript: Transcript } | null = null

  const ask = async (ref: AssetRef, signal: AbortSignal): Promise<Result<Transcript>> => {
    const account = store.read.account(ref.accountId)
    if (account === null) return fail({ kind: 'not-found' })
    const ready = await deps.makeReady(account)
    if (!ready.ok) return ready
    const { readTranscript } = deps.providerOf(account)
    if (readTranscript === undefined) return fail({ kind: 'not-found' })
    return readTranscript(deps.keyRing.connect(account), ref.kind, ref.id, signal)
  }

  const read = async (ref: AssetRef): Promise<Result<Transcript>> => {
    last = null
    if (store.read.asset(ref) === null) return fail({ kind: 'not-found' })
    const transcript = await ask(ref, deps.stopping)
    if (transcript.ok) last = { key: targetKey(ref), transcript: transcript.value }
    return transcript
  }

  /** Saves what was read last, or reads it. `savedAs` is null if the person thought better of it. */
  const save = async (ref: AssetRef): Promise<Result<{ savedAs: string | null }>> => {
    const asset = store.read.asset(ref)
    if (asset === null) return fail({ kind: 'not-found' })
    const name = redact(asset.name).trim() || ref.id
    const path = await deps.askWhere(textFileName('transcript', name, ref.id))
    if (path === null) return ok({ savedAs: null })
    const held = last?.key === targetKey(ref) ? ok(last.transcript) : await read(ref)
    if (!held.ok) return held
    const saved = await deps.saveText(path, deps.wordsOf(name, held.value))
    return saved.ok ? ok({ savedAs: path }) : saved
  }

  return { read, save, ask }
}
export type Transcripts = ReturnType<typeof createTranscripts>
