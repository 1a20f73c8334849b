import { targetKey } from '../../shared/catalogue/keys.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import type { LeftFile, Notice, NoticeBody } from './notice.ts'
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

const leftFiles = (items: readonly NewsItem[]): readonly LeftFile[] =>
  items.flatMap(({ files, name, ref }) =>
    files.map((file) => ({ ...file, replicaName: name.trim() === '' ? ref.id : name }))
  )

/** One notice of a kind for all that was not closed yet, so that such notices never push each other away. */
const grown = (
  notices: readonly Notice[],
  kind: NoticeBody['kind'],
  bodyWith: (open: Notice | null) => NoticeBody
): readonly Notice[] => {
  const open = notices.find((notice) => notice.kind === kind) ?? null
  const body = bodyWith(open)
  return open === null
    ? addNotice(notices, body)
    : notices.map((notice) => (notice.id === open.id ? { ...body, id: open.id } : notice))
}

const newsNotices = (notices: readonly Notice[], items: readonly NewsItem[]): readonly Notice[] => {
  const told = grown(notices, 'news', (open) => ({
    kind: 'news',
    items: withNews(open?.kind === 'news' ? open.items : [], items)
  }))
  const files = leftFiles(items)
  return files.length === 0
    ? told
    : grown(told, 'files-left', (open) => ({
        kind: 'files-left',
        files: [...(open?.kind === 'files-left' ? open.files : []), ...files]
      }))
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
        if (items.length > 0) set(({ notices }) => ({ notices: newsNotices(notices, items) }))
        if (!hasMore) return
      }
    }
  })
}
