import type { AssetId } from '../../../shared/domain/asset.ts'
import { mostTooLarge, type TooLarge } from '../../../shared/domain/sync.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Connection, ObservedAsset, ObservedListing, OnFound } from '../../ports/provider.ts'
import { endsAll } from '../../rules/ends-all.ts'
import type { WalkBudget } from '../../rules/walk-budget.ts'
import { readParts, sameName } from './replicate-address.ts'
import { endless } from './replicate-pages.ts'

/** Models read at a time: enough for hundreds of them, and far below what Replicate allows. */
const AT_A_TIME = 5

/** One walk of discovery: for whom, and who is told of what comes. */
export interface Asked {
  readonly connection: Connection
  readonly signal: AbortSignal
  /** The name of the token's owner. */
  readonly username: string
  readonly onFound: OnFound
  /** What all looks of the walk may take together. */
  readonly budget: WalkBudget
}

/** What a look at one thing came to. Assets that were handed over already are only named. */
export interface Finding {
  readonly assets: readonly ObservedAsset[]
  readonly seenIds: readonly AssetId[]
  readonly goneIds: readonly AssetId[]
  /** Known ones that a list lacks which came to its end, but had rows in it that could not be read. */
  readonly doubtfulIds: readonly AssetId[]
  readonly tooLarge: readonly TooLarge[]
  readonly unreadableCount: number
  /** Why something may be missing in it. */
  readonly error: AppError | null
}

export const nothingFound: Finding = {
  assets: [],
  seenIds: [],
  goneIds: [],
  doubtfulIds: [],
  tooLarge: [],
  unreadableCount: 0,
  error: null
}

/** What is left of a finding once its assets were handed over. */
const withoutAssets = (finding: Finding): Finding => ({
  ...finding,
  assets: [],
  seenIds: [...finding.seenIds, ...finding.assets.map(({ id }) => id)]
})

export const incomplete: AppError = { kind: 'unexpected-response', where: 'incomplete' }

export const isOwn = (id: string, username: string): boolean =>
  sameName(readParts(id)?.owner ?? '', username)

/** Looks at several things, a few at a time; ends early where every other look would fail too. */
export const checkEach = async <T>(
  items: readonly T[],
  check: (item: T) => Promise<Result<Finding>>,
  { onFound, budget }: Pick<Asked, 'onFound' | 'budget'>
): Promise<Result<readonly Finding[]>> => {
  const findings: Finding[] = []
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    if (budget.isSpent) return ok([...findings, { ...nothingFound, error: endless }])
    const reading = await Promise.all(items.slice(start, start + AT_A_TIME).map(check))
    const found = reading.flatMap((finding) => (finding.ok ? finding.value.assets : []))
    const kept = found.length > 0 ? await onFound(found) : ok(null)
    if (!kept.ok) return kept
    for (const finding of reading) {
      if (finding.ok) findings.push(withoutAssets(finding.value))
      else if (endsAll(finding.error)) return finding
      else findings.push({ ...nothingFound, error: finding.error })
    }
  }
  return ok(findings)
}

/** Puts findings together. `error`: what was wrong before they were looked for. */
export const listingOf = (
  findings: readonly Finding[],
  error: AppError | null,
  tooLarge: readonly TooLarge[] = []
): ObservedListing => {
  const why = error ?? findings.find((finding) => finding.error !== null)?.error ?? null
  return {
    seenIds: new Set(findings.flatMap(({ seenIds }) => seenIds)),
    hasEnded: false,
    // No list says what models there are, so nothing may be taken for gone because it was not met.
    isComplete: false,
    unreadableCount: findings.reduce((sum, finding) => sum + finding.unreadableCount, 0),
    goneIds: findings.flatMap(({ goneIds }) => goneIds),
    doubtfulIds: findings.flatMap(({ doubtfulIds }) => doubtfulIds),
    tooLarge: [...tooLarge, ...findings.flatMap((finding) => finding.tooLarge)].slice(
      0,
      mostTooLarge
    ),
    ...(why === null ? {} : { error: why })
  }
}
