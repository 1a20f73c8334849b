import * as z from 'zod'
import { choicesOf } from '../catalogue/draft-fields.ts'
import { personIdSchema } from './person.ts'

export const consentNoteIdSchema = z
  .string()
  .regex(/^cns_[a-z0-9]{8,32}$/)
  .brand<'ConsentNoteId'>()
export type ConsentNoteId = z.infer<typeof consentNoteIdSchema>

/** The recording of a statement, known by its content; the file itself stays where it is. */
export const consentClipSchema = z.strictObject({
  fileName: z.string().min(1).max(300),
  sizeBytes: z.number().int().nonnegative(),
  /** Of the whole file, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/)
})
export type ConsentClip = z.infer<typeof consentClipSchema>

const places = choicesOf('consentIn') as readonly ['training-video', 'consent-video']

/**
 * What a person agreed to by a statement that they read, in the words of whoever keeps this app: their own record, and
 * no legal advice. Days are `YYYY-MM-DD`, in no zone.
 */
export const consentNoteInputSchema = z.strictObject({
  personId: personIdSchema,
  /** As it is spoken in the statement. */
  spokenName: z.string().trim().min(1).max(200),
  /** Word for word, as it was read. */
  statement: z.string().trim().min(1).max(2000),
  place: z.enum(places),
  clip: consentClipSchema.nullable(),
  /** What it may be used for. */
  scope: z.string().trim().max(2000),
  givenOn: z.iso.date(),
  /** Null: nothing was said of an end. */
  untilOn: z.iso.date().nullable()
})
export type ConsentNoteInput = z.infer<typeof consentNoteInputSchema>

export const consentNoteSchema = consentNoteInputSchema.extend({
  id: consentNoteIdSchema,
  createdAt: z.iso.datetime()
})
export type ConsentNote = z.infer<typeof consentNoteSchema>

/** The last day of the consent that the keeper was reminded of last, by person. */
export const consentEndsToldSchema = z.record(personIdSchema, z.string())
export type ConsentEndsTold = z.infer<typeof consentEndsToldSchema>
