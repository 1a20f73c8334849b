import * as z from 'zod'
import { mostTags, noteLength, tagLength } from '../catalogue/limits.ts'

export const tagSchema = z.string().min(1).max(tagLength)

/** What a person wrote down about an asset or somebody. Kept on this computer alone; '' and []: nothing. */
export const noteSchema = z.strictObject({
  text: z.string().max(noteLength),
  tags: z.array(tagSchema).max(mostTags)
})
export type Note = z.infer<typeof noteSchema>

/** Tags that are in use, with how many things have each. */
export const tagCountsSchema = z
  .array(z.strictObject({ tag: tagSchema, count: z.number().int().positive() }))
  .max(500)
export type TagCounts = z.infer<typeof tagCountsSchema>
