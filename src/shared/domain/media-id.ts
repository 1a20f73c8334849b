import * as z from 'zod'

/** Id under which main serves a picture or clip as `media://`; never a URL. */
export const mediaIdSchema = z.string().regex(/^[a-f0-9]{32}$/)
