import { targetKey } from '../../shared/catalogue/keys.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import { addNotice } from './notices-slice.ts'

export interface NewsSlice {
  /** Tells what became of assets since the window was last told, whether it was open then or not. */
  readonly takeNews: () => Promise<void>
}

const keyOf = ({ ref }: NewsItem): string => targetKey(ref)

/** One entry for each asset, the later one in the place of an earlier. */
export const withNews = (
  items: readonly NewsItem[],
  more: readonly NewsItem[]
): readonly NewsItem[] => {
  const fresh = new Set(more.map(keyOf))
  return [...items.filter((item) => !fresh.has(keyOf(item))), ...more]
}

export const createNewsSlice = (bridge: Bridge): Slice<NewsSlice> => {
  let isFirst = true
  return (set, get) => ({
    takeNews: async () => {
      // Whoever tells needs the accounts and the deletions, which come with the first answer.
      if (get().boot.kind !== 'ready') return
      for (;;) {
        const answer = await bridge.newsTake({})
        // Nothing is lost: what was not taken is still there the next time.
        if (!answer.ok) return
        const { items, hasMore, sinceAt } = answer.value
        if (isFirst) get().tellEndedSince(sinceAt)
        isFirst = false
        if (items.length > 0) {
          // One notice for all that was not closed yet, so that news never push each other away.
          const open = get().notices.find((notice) => notice.kind === 'news')
          const held = open?.kind === 'news' ? open.items : []
          const body = { kind: 'news', items: withNews(held, items) } as const
          set(({ notices }) => ({
            notices:
              open === undefined
                ? addNotice(notices, body)
                : notices.map((notice) =>
                    notice.id === open.id ? { ...body, id: open.id } : notice
                  )
          }))
        }
        if (!hasMore) return
      }
    }
  })
}
