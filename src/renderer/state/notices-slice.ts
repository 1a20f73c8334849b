import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { Account, AccountId } from '../../shared/domain/account.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Slice } from './app-state.ts'
import type { Doing, Notice, NoticeBody } from './notice.ts'

export interface NoticesSlice {
  readonly notices: readonly Notice[]
  readonly tell: (body: NoticeBody) => void
  /** Null or nothing: no single account failed. */
  readonly tellFailure: (doing: Doing, error: AppError, accountId?: AccountId | null) => void
  readonly dropNotice: (id: number) => void
}

/** Few at a time: an older one that nobody closed gives way. */
const mostNotices = 4

const notedAbout = (notice: NoticeBody): string | null =>
  notice.kind === 'noted' && notice.undo.of === 'note' ? JSON.stringify(notice.undo.about) : null

export const addNotice = (notices: readonly Notice[], body: NoticeBody): readonly Notice[] => {
  const id = notices.reduce((highest, notice) => Math.max(highest, notice.id), 0) + 1
  const about = notedAbout(body)
  // Whoever puts three tags on a face is told once.
  const others = notices.filter((notice) => about === null || notedAbout(notice) !== about)
  return [...others, { ...body, id }].slice(-mostNotices)
}

/** Who may have refused: the account's provider, or those of all accounts. */
const providersOf = (
  accounts: readonly Account[],
  accountId: AccountId | null
): readonly ProviderId[] =>
  accounts
    .filter(({ id }) => accountId === null || id === accountId)
    .map(({ provider }) => provider)

export const createNoticesSlice = (): Slice<NoticesSlice> => (set, get) => ({
  notices: [],
  tell: (body) => set((state) => ({ notices: addNotice(state.notices, body) })),
  tellFailure: (doing, error, accountId = null) => {
    // The person called it off; there is nothing to tell.
    if (error.kind === 'canceled') return
    get().tell({ kind: 'failed', doing, error, providers: providersOf(get().accounts, accountId) })
  },
  dropNotice: (id) =>
    set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
})
