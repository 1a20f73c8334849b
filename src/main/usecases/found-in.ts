import type { AssetDetail } from '../../shared/domain/asset.ts'

/** Where an asset was come upon, for providers that list not everything; several, parted by commas. */
const detailName = 'found_in'
/** What the person named: no list need ever speak of it. */
export const byHand: AssetDetail = { name: detailName, value: 'by hand' }
/** Known from before and met nowhere else. */
const onlyKnown = 'history'

const placesIn = (details: readonly AssetDetail[]): readonly string[] =>
  details
    .filter(({ name }) => name === detailName)
    .flatMap(({ value }) => value.split(', '))
    .filter((place) => place !== '')

/**
 * The details as told now, with every place where the asset was ever come upon: a list that does not speak of it any
 * more does not undo how it was found.
 */
export const withFoundIn = (
  told: readonly AssetDetail[],
  known: { readonly details: readonly AssetDetail[] } | null
): AssetDetail[] => {
  const places = [...new Set([...placesIn(known?.details ?? []), ...placesIn(told)])]
  const named = places.filter((place) => place !== onlyKnown)
  const value = (named.length > 0 ? named : places).join(', ')
  const others = told.filter(({ name }) => name !== detailName)
  return value === '' ? others : [...others, { name: detailName, value }]
}
