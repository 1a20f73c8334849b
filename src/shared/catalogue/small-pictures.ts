/**
 * Pixels along the shorter side of the small copy of a face that a card shows; the larger ones for screens with about
 * twice as many pixels.
 */
export const smallSides = [208, 416] as const

export type SmallSide = (typeof smallSides)[number]

/** Where the page asks for a small copy of a picture or clip; it gets the picture itself where there is none. */
export const smallAddress = (pictureId: string, side: SmallSide): string =>
  `media://${pictureId}/${side}`

/** Most bytes of a small copy: several times what a face of that size takes. */
export const mostSmallBytes = 128 * 1024
