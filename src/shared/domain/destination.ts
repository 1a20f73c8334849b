import * as z from 'zod'
import { assetKinds, kinds } from '../catalogue/kinds.ts'
import { providerIdSchema } from './account.ts'
import { assetRefSchema } from './asset.ts'

const libraryPlaces = assetKinds.map((kind) => kinds[kind].place)

/** Screens of the window that a link can open. */
export const openPlaceSchema = z.enum([
  ...libraryPlaces,
  'new-replica',
  'people',
  'inbox',
  'history',
  'accounts',
  'settings'
])

/** Where a `replica-desk://` link leads: a screen, an asset, or a form with something filled in. None of it acts. */
export const destinationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('place'), place: openPlaceSchema }),
  z.strictObject({ kind: z.literal('asset'), ref: assetRefSchema }),
  z.strictObject({
    kind: z.literal('add-account'),
    provider: providerIdSchema.nullable(),
    name: z.string().max(80)
  })
])
export type Destination = z.infer<typeof destinationSchema>
