import type { Result } from '../../shared/result.ts'
import type { Store } from '../ports/store.ts'
import { appEvent } from './history-event.ts'

const keyNote = 'receiptKey'

/** Where the signing key's name and public half are kept. That a key was made is recorded in the same breath. */
export const receiptKeyNotes = (store: Store) => ({
  recall: (): string | null => store.read.meta(keyNote),
  remember: (
    text: string,
    made: { readonly from: string | null; readonly to: string }
  ): Result<unknown> =>
    store.transaction((write) => {
      write.putMeta(keyNote, text)
      write.append(appEvent('receipt-key-made', { from: made.from, to: made.to }))
    })
})
