import type { AssetId } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Connection, ObservedAsset, ObservedListing } from '../../ports/provider.ts'
import { readParts, sameName } from './replicate-address.ts'
import { endsAll } from './replicate-call.ts'

/** Models read at a time: enough for hundreds of them, and far below what Replicate allows. */
const AT_A_TIME = 5

/** One walk of discovery: for whom, and who is told of what comes. */
export interface Asked {
  readonly connection: Connection
  readonly signal: AbortSignal
  /** The name of the token's owner. */
  readonly username: string
  readonly onFound: ((assets: readonly ObservedAsset[]) => void) | undefined
}

/** What a look at one thing came to. */
export interface Finding {
  readonly assets: readonly ObservedAsset[]
  readonly goneIds: readonly AssetId[]
  readonly unreadableCount: number
  /** Why something may be missing in it. */
  readonly error: AppError | null
}

export const nothingFound: Finding = { assets: [], goneIds: [], unreadableCount: 0, error: null }

export const incomplete: AppError = { kind: 'unexpected-response', where: 'incomplete' }

export const isOwn = (id: string, username: string): boolean =>
  sameName(readParts(id)?.owner ?? '', username)

/** Looks at several things, a few at a time; ends early where every other look would fail too. */
export const lookAtEach = async <T>(
  items: readonly T[],
  look: (item: T) => Promise<Result<Finding>>,
  onFound: Asked['onFound']
): Promise<Result<readonly Finding[]>> => {
  const findings: Finding[] = []
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    const looked = await Promise.all(items.slice(start, start + AT_A_TIME).map(look))
    const found = looked.flatMap((finding) => (finding.ok ? finding.value.assets : []))
    if (found.length > 0) onFound?.(found)
    for (const finding of looked) {
      if (finding.ok) findings.push(finding.value)
      else if (endsAll(finding.error)) return finding
      else findings.push({ ...nothingFound, error: finding.error })
    }
  }
  return ok(findings)
}

/** Puts findings together. `error`: what was wrong before they were looked for. */
export const listingOf = (
  findings: readonly Finding[],
  error: AppError | null
): ObservedListing => {
  const why = error ?? findings.find((finding) => finding.error !== null)?.error ?? null
  return {
    assets: findings.flatMap(({ assets }) => assets),
    // No list says what models there are, so nothing may be taken for gone because it was not met.
    isComplete: false,
    unreadableCount: findings.reduce((sum, finding) => sum + finding.unreadableCount, 0),
    goneIds: findings.flatMap(({ goneIds }) => goneIds),
    ...(why === null ? {} : { error: why })
  }
}
