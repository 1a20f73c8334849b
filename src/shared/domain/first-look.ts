import * as z from 'zod'
import { mostFirstCards } from '../catalogue/limits.ts'
import { smallSides } from '../catalogue/small-pictures.ts'

/** Far beyond the largest screens, in CSS pixels. */
const pixels = z.number().min(0).max(50_000)

/** Where the cards of the first screen stand in a window of this size; all in CSS pixels from its upper left corner. */
export const firstLookSchema = z.strictObject({
  width: pixels,
  height: pixels,
  /** How wide the side bar is. */
  sideWidth: pixels,
  /** What the cards scroll in, inside. */
  scroller: z.strictObject({ width: pixels, height: pixels }),
  /** Which small copies of faces it shows. */
  side: z.literal(smallSides),
  /** In the order of the listing. `posterHeight`: of the face, from the upper edge of its card. */
  cards: z
    .array(
      z.strictObject({
        x: pixels,
        y: pixels,
        width: pixels,
        height: pixels,
        posterHeight: pixels
      })
    )
    .max(mostFirstCards)
})

export type FirstLook = z.infer<typeof firstLookSchema>
