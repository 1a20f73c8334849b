import { assertNever } from '../../shared/result.ts'

/** One thing that a list is narrowed by, in words. */
export interface Narrowing {
  readonly by: 'state' | 'account' | 'model' | 'age' | 'parent' | 'person' | 'search'
  readonly text: string
}

const narrowingText = ({ by, text }: Narrowing): string => {
  switch (by) {
    case 'state':
      return `“${text}”`
    case 'account':
      return `account “${text}”`
    case 'model':
      return `model ${text}`
    case 'age':
      return `created “${text}”`
    case 'parent':
      return `versions of ${text}`
    case 'person':
      return `person “${text}”`
    case 'search':
      return `search “${text}”`
    default:
      return assertNever(by)
  }
}

/** "In the way: state “Failed”, search “amara”.": which filters leave nothing. */
export const inTheWay = (narrowings: readonly Narrowing[]): string =>
  `In the way: ${narrowings.map(narrowingText).join(', ')}.`

interface Simple {
  readonly state: string | null
  readonly account: string | null
  readonly search: string
}

export const nothingMatches = ({ state, account, search }: Simple): string =>
  inTheWay([
    ...(state === null ? [] : [{ by: 'state', text: state } as const]),
    ...(account === null ? [] : [{ by: 'account', text: account } as const]),
    ...(search === '' ? [] : [{ by: 'search', text: search } as const])
  ])

/** "Without search “amara”": takes one filter away. */
export const withoutText = (narrowing: Narrowing): string => `Without ${narrowingText(narrowing)}`
