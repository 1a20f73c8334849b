import { keeperName, kinds } from '../../shared/catalogue/kinds.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { whoKeepsAll } from './kind-words.ts'
import type { NoticeWords } from './notice-words.ts'
import { countOf, number } from './time-words.ts'

type What = NewsItem['what']

/** The worst first: that is what the notice is coloured by. */
const order = ['failed', 'vanished', 'returned', 'ready'] as const satisfies readonly What[]

const tones = {
  failed: 'bad',
  vanished: 'warn',
  returned: 'warn',
  ready: 'good'
} as const satisfies Record<What, StateTone>

const leads = {
  failed: 'Failed',
  vanished: 'No longer listed',
  returned: 'Listed again',
  ready: 'Ready'
} as const satisfies Record<What, string>

/** More names than this nobody reads in a notice; the history has them all. */
const mostNamed = 3

const nameOf = ({ name, ref }: NewsItem): string =>
  name.trim() === '' ? ref.id : assetName({ name })

const workOn = ({ ref }: NewsItem): string => {
  switch (ref.kind) {
    case 'replica':
      return 'training'
    case 'video':
      return 'rendering'
    default:
      return 'processing'
  }
}

const quote = ({ reason }: NewsItem, who: string): string =>
  reason === null ? `${who} gave no reason.` : `${who}: “${reason}”`

const one = (item: NewsItem): NoticeWords => {
  const name = nameOf(item)
  const who = keeperName(item.ref.kind)
  const noun = kinds[item.ref.kind].noun
  const tone = tones[item.what]
  switch (item.what) {
    case 'ready':
      return { tone, title: `${name} is ready`, text: `${who} completed the ${workOn(item)}.` }
    case 'failed':
      return { tone, title: `${name}: ${workOn(item)} failed`, text: quote(item, who) }
    case 'vanished':
      return {
        tone,
        title: `${name} is no longer listed`,
        text: item.wasAsked
          ? `${who} no longer lists this ${noun}. Its deletion was requested here, and the answer was lost.`
          : `${who} no longer lists this ${noun}. It was not deleted by this app.`
      }
    case 'returned':
      return {
        tone,
        title: `${name} is listed again`,
        text: `${who} lists this ${noun} again after it was gone.`
      }
  }
}

const line = (what: What, items: readonly NewsItem[]): string => {
  const named = items.slice(0, mostNamed).map(nameOf)
  const rest = items.length - named.length
  const more = rest > 0 ? `, and ${number(rest)} more` : ''
  return `${leads[what]}: ${named.join(', ')}${more}.`
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
    title: `${countOf(items.length, 'update')} from ${whoKeepsAll(items.map(({ ref }) => ref.kind))}`,
    text: groups.map(([what, found]) => line(what, found)).join(' ')
  }
}
