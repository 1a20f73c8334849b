import * as z from 'zod'

/** So many pages of one PAL are told. */
export const mostPalPages = 200

/** A public page that a PAL is on, as the provider told it just now. */
export const palPageSchema = z.strictObject({
  id: z.string().max(400),
  name: z.string().max(500),
  /** The provider's own words: where it stands, and whether everybody can open it (`active`). */
  channel: z.string().max(100),
  status: z.string().max(100)
})
export type PalPage = z.infer<typeof palPageSchema>
