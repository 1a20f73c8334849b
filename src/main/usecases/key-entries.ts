import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import type { KeyEntry, KeyHolder, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { newId } from './new-id.ts'

export interface KeyEntriesDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  readonly secrets: SecretStore
  readonly clock: Clock
  /** Kept with the first entry: without it the fingerprints of the next run would be others. */
  readonly fingerprintSalt: string
  readonly supervisor: Pick<Supervisor, 'start'>
  readonly onAnswer: (kind: SecretAnswer<unknown>['kind']) => void
  /** Told the holders whose unused keys could not be deleted, each name once, whenever that was tried. */
  readonly onLeft: (holderNames: readonly string[]) => void
}

const isGone = ({ kind }: SecretAnswer<unknown>): boolean => kind === 'ok' || kind === 'absent'

/**
 * What of this app's may lie in the keychain, known in the database apart from what is in use. Every key gets an entry of
 * its own that is on record before it is written, so no write, however late it lands, can take the place of another key,
 * and nothing that is no longer used is forgotten.
 */
export const createKeyEntries = (deps: KeyEntriesDeps) => {
  const { store, secrets } = deps
  /** Written, and not yet named by its holder's record. */
  const inHand = new Set<string>()
  /** Whose write did not end well: it may still land, so one look that finds nothing proves nothing in this run. */
  const mayLand = new Set<string>()
  /** Deleted, but the disk did not take it down. */
  const erased = new Set<string>()
  let sweeping: Promise<void> = Promise.resolve()

  const holders = (): readonly KeyHolder[] => [...store.read.accounts(), ...store.read.buckets()]

  const unused = (): readonly KeyEntry[] => {
    const used = new Set(holders().map(({ savedKey }) => savedKey?.entry))
    return store.read
      .keyEntries()
      .filter(({ name }) => !used.has(name) && !inHand.has(name) && !erased.has(name))
  }

  const nameOf = ({ holderId, holderName }: KeyEntry): string =>
    holders().find(({ id }) => id === holderId)?.name ?? holderName

  const put = (entry: KeyEntry): Result<null> =>
    store.transaction((write) => {
      const { fingerprintSalt } = deps
      if (store.read.meta('fingerprintSalt') === null) {
        write.putMeta('fingerprintSalt', fingerprintSalt)
      }
      write.putKeyEntry(entry)
      return null
    })

  const noteGone = (entry: KeyEntry): void => {
    if (mayLand.has(entry.name)) {
      put({ ...entry, isLikely: false })
      return
    }
    erased.add(entry.name)
    store.transaction((write) => write.removeKeyEntry(entry.name))
  }

  const sweepOnce = async (): Promise<void> => {
    for (const entry of unused()) {
      const answer = await secrets.delete(entry.name)
      // Where there is no keychain, nothing was ever put into it.
      if (entry.isLikely || answer.kind !== 'unavailable') deps.onAnswer(answer.kind)
      if (!isGone(answer)) break
      noteGone(entry)
    }
    deps.onLeft([
      ...new Set(
        unused()
          .filter(({ isLikely }) => isLikely)
          .map(nameOf)
      )
    ])
  }

  /**
   * Deletes every key that nothing uses any more and reads back. One after the other and up to the first that the
   * keychain does not let go: what is left is told, and tried again by the next sweep, also after a restart.
   */
  const sweep = (): Promise<void> => {
    // One that ended in an error must not end those after it.
    sweeping = sweeping.then(sweepOnce, sweepOnce)
    return sweeping
  }

  /** The same without waiting for it. */
  const sweepSoon = (): void => deps.supervisor.start('keys', sweep)

  /** Writes a key into an entry of its own. It is swept away unless its holder's record names it at the next sweep. */
  const write = async (
    { id, name }: Pick<KeyHolder, 'id' | 'name'>,
    key: string
  ): Promise<Result<{ readonly name: string; readonly answer: SecretAnswer<null> }>> => {
    const entry: KeyEntry = {
      name: `${id}.${newId('key')}`,
      holderId: id,
      holderName: name,
      notedAt: deps.clock.nowAt(),
      isLikely: true
    }
    const noted = put(entry)
    if (!noted.ok) return noted
    inHand.add(entry.name)
    const answer = await secrets.set(entry.name, key)
    deps.onAnswer(answer.kind)
    if (answer.kind !== 'ok') {
      mayLand.add(entry.name)
      inHand.delete(entry.name)
      if (answer.kind === 'unavailable') put({ ...entry, isLikely: false })
      sweepSoon()
    }
    return ok({ name: entry.name, answer })
  }

  return { write, sweep, sweepSoon, release: (name: string) => inHand.delete(name) }
}

/** A holder's entries under its name of now, so that one that was removed can still be called by it. */
export const entriesRenamed = (
  store: Pick<Store, 'read'>,
  { id, name }: Pick<KeyHolder, 'id' | 'name'>
): readonly KeyEntry[] =>
  store.read
    .keyEntries()
    .filter(({ holderId }) => holderId === id)
    .map((entry) => ({ ...entry, holderName: name }))
