import * as z from 'zod'

const count = z.number().int().nonnegative()

/** What is older than the person chose to keep it; 0 where everything is to be kept. */
export const overdueSchema = z.strictObject({
  /** Lines of the history. */
  records: count,
  /** Kept pictures and clips of what is gone at the provider. */
  pictures: count
})
export type Overdue = z.infer<typeof overdueSchema>
