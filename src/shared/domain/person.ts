import * as z from 'zod'
import { mediaIdSchema } from './media-id.ts'
import { noteSchema } from './note.ts'

/** Id of a person, made by this app and never reused. */
export const personIdSchema = z
  .string()
  .regex(/^per_[a-z0-9]{8,32}$/)
  .brand<'PersonId'>()
export type PersonId = z.infer<typeof personIdSchema>

export const personNameSchema = z.string().trim().min(1).max(120)

/** What the owner of a face agreed to, in the words of whoever keeps this app. Days are `YYYY-MM-DD`, in no zone. */
export const consentSchema = z.strictObject({
  note: z.string().max(2000),
  agreedOn: z.iso.date().nullable(),
  untilOn: z.iso.date().nullable()
})
export type Consent = z.infer<typeof consentSchema>

/** The day until which the likeness of a person is kept, noted beside any consent; left out: none is noted. */
const keepUntilOnSchema = z.iso.date().optional()

/**
 * Somebody whose face or voice assets carry. Kept on this computer alone; no provider is told.
 *
 * `nameRule`: assets in whose name this stands as a whole name are assigned to the person when they are first seen;
 * null: none. Two letters are enough, as some scripts need no more for a name.
 */
export const personSchema = z.strictObject({
  id: personIdSchema,
  name: personNameSchema,
  consent: consentSchema.nullable(),
  nameRule: z.string().trim().min(2).max(120).nullable(),
  keepUntilOn: keepUntilOnSchema,
  createdAt: z.iso.datetime(),
  /** Listed assets tied to the person. */
  assetCount: z.number().int().nonnegative(),
  /** The picture of one of them, a replica's first; left out: none has one. */
  posterId: mediaIdSchema.optional(),
  /** What was written down about the person. */
  note: noteSchema
})
export type Person = z.infer<typeof personSchema>

/** A person without what is kept or worked out beside. */
export type StoredPerson = Omit<Person, 'assetCount' | 'posterId' | 'note'>

/** What the form sends; `id` null makes a new person. */
export const personInputSchema = z.strictObject({
  id: personIdSchema.nullable(),
  name: personNameSchema,
  consent: consentSchema.nullable(),
  nameRule: z.string().trim().min(2).max(120).nullable(),
  keepUntilOn: keepUntilOnSchema
})
export type PersonInput = z.infer<typeof personInputSchema>
