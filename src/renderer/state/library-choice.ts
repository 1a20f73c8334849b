import { targetKey } from '../../shared/catalogue/keys.ts'
import { mostSteps } from '../../shared/catalogue/limits.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'

/** As many as one deletion may be prepared for. */
export const mostChosen = mostSteps

/** What is selected to be worked on together, in the order in which it was chosen. */
export type Chosen = ReadonlyMap<string, AssetRef>

export const nothingChosen: Chosen = new Map()

export const toggled = (chosen: Chosen, ref: AssetRef): Chosen => {
  const next = new Map(chosen)
  if (!next.delete(targetKey(ref)) && next.size < mostChosen) next.set(targetKey(ref), ref)
  return next
}

/** Adds all of these, as far as there is room. */
export const withAll = (chosen: Chosen, refs: readonly AssetRef[]): Chosen => {
  const next = new Map(chosen)
  for (const ref of refs) {
    if (next.size >= mostChosen) break
    next.set(targetKey(ref), ref)
  }
  return next
}

export const withoutAll = (chosen: Chosen, refs: readonly AssetRef[]): Chosen => {
  const keys = new Set(refs.map(targetKey))
  return new Map([...chosen].filter(([key]) => !keys.has(key)))
}

/** First and last row of a range, whichever way it was drawn; cut where no more can be chosen. */
export const rangeOf = (
  anchor: number,
  index: number
): { readonly first: number; readonly last: number } =>
  index >= anchor
    ? { first: anchor, last: Math.min(index, anchor + mostChosen - 1) }
    : { first: Math.max(index, anchor - mostChosen + 1), last: anchor }
