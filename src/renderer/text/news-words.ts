import { keeperName } from '../../shared/catalogue/kinds.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import { t } from '../../shared/messages/messages.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { whoKeepsAll } from './kind-words.ts'
import type { NoticeWords } from './notice-words.ts'

type What = NewsItem['what']

/** The worst first: that is what the notice is coloured by. */
const order = ['failed', 'vanished', 'returned', 'ready'] as const satisfies readonly What[]

const tones = {
  failed: 'bad',
  vanished: 'warn',
  returned: 'warn',
  ready: 'good'
} as const satisfies Record<What, StateTone>

/** More names than this nobody reads in a notice; the history has them all. */
const mostNamed = 3

const nameOf = ({ name, ref }: NewsItem): string =>
  name.trim() === '' ? ref.id : assetName({ name })

const one = (item: NewsItem): NoticeWords => {
  const name = nameOf(item)
  const { kind } = item.ref
  const who = keeperName(kind)
  const tone = tones[item.what]
  switch (item.what) {
    case 'ready':
      return {
        tone,
        title: t('news.ready.title', { name }),
        text: t('news.ready.text', { kind, who })
      }
    case 'failed':
      return {
        tone,
        title: t('news.failed.title', { kind, name }),
        text:
          item.reason === null
            ? t('news.gaveNoReason', { who })
            : t('news.reason', { who, reason: item.reason })
      }
    case 'vanished':
      return {
        tone,
        title: t('news.vanished.title', { name }),
        text: item.wasAsked
          ? t('news.vanished.asked', { kind, who })
          : t('news.vanished.text', { kind, who })
      }
    case 'returned':
      return {
        tone,
        title: t('news.returned.title', { name }),
        text: t('news.returned.text', { kind, who })
      }
  }
}

const line = (what: What, items: readonly NewsItem[]): string => {
  const named = items.slice(0, mostNamed).map(nameOf)
  const names = t('news.several.names', {
    names: named.join(', '),
    more: items.length - named.length
  })
  return t(`news.several.${what}`, { names })
}

/** What became of assets by itself, in one notice however much it is. */
export const newsNotice = (items: readonly NewsItem[]): NoticeWords => {
  const [only] = items
  if (only !== undefined && items.length === 1) return one(only)
  const groups = order
    .map((what) => [what, items.filter((item) => item.what === what)] as const)
    .filter(([, found]) => found.length > 0)
  return {
    tone: tones[groups[0]?.[0] ?? 'ready'],
    title: t('news.several.title', {
      count: items.length,
      who: whoKeepsAll(items.map(({ ref }) => ref.kind))
    }),
    text: groups.map(([what, found]) => line(what, found)).join(' ')
  }
}

interface LeftFile {
  readonly fileName: string
  readonly replicaName: string
}

/** Files that take up room in a bucket for nothing. */
export const filesLeftNotice = (files: readonly LeftFile[]): NoticeWords => {
  const [only] = files
  return {
    tone: 'quiet',
    title: t('filesLeft.title', { count: files.length }),
    text:
      only === undefined || files.length > 1
        ? t('filesLeft.several')
        : t('filesLeft.one', { name: only.replicaName, file: only.fileName })
  }
}
