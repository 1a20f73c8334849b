import type { AssetQuery } from '../../shared/domain/asset.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'

export interface SearchPreparingDeps {
  readonly store: { readonly read: Pick<Store['read'], 'readSearchTexts'> }
  /** Whatever waits for its turn has it. */
  readonly rest: () => Promise<void>
  readonly log: Pick<Log, 'bug'>
}

/** What is written meanwhile begins it anew; after so many parts it is left until the next letter. */
const mostParts = 400

/** Has what the newest listing is searched in read, part by part, before or while a person types. */
export const createSearchPreparing = ({ store, rest, log }: SearchPreparingDeps) => {
  let newest = 0
  const read = async (query: AssetQuery): Promise<void> => {
    newest += 1
    const mine = newest
    for (let part = 0; part < mostParts; part += 1) {
      await rest()
      if (mine !== newest || !store.read.readSearchTexts(query)) return
    }
  }
  return (query: AssetQuery): void => {
    // Without it a search is slower, and finds the same.
    read(query).catch((error) => log.bug(error))
  }
}
