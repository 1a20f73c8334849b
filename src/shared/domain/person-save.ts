import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { archiveGapSchema } from './archive.ts'
import { assetRefSchema } from './asset.ts'
import { personIdSchema } from './person.ts'

const count = z.number().int().nonnegative()

/** A folder with everything of a person. */
export const savedFolderSchema = z.strictObject({
  /** Only the folder's own name; where it stands is the person's business. */
  folderName: z.string().max(400),
  files: count,
  sizeBytes: count,
  /** The first of what could not be saved, and how much that is in all. */
  gaps: z.array(archiveGapSchema).max(20),
  gapCount: count,
  /** `no-key`: the keychain could not be used. The folder can be gone on with, and then only that is added. */
  receipt: z.enum(['signed', 'no-key'])
})
export type SavedFolder = z.infer<typeof savedFolderSchema>

/** How saving everything of a person stands. `stopped` and `failed` leave what is there, to go on with. */
export const personSaveSchema = z.strictObject({
  personId: personIdSchema,
  state: z.enum(['saving', 'saved', 'stopped', 'failed']),
  /** Items that are through, of all. */
  done: count,
  all: count,
  /** In the folder by now. */
  sizeBytes: count,
  saved: savedFolderSchema.nullable(),
  error: appErrorSchema.nullable()
})
export type PersonSave = z.infer<typeof personSaveSchema>

/** As many conversations as are listed one by one; those behind are saved or left with all. */
export const mostTalks = 500

/** A conversation of a person, as it is chosen by. */
const personTalkSchema = z.strictObject({
  ref: assetRefSchema,
  name: z.string(),
  createdAt: z.string().nullable()
})

/** The conversations of a person that can be saved with what was said in them: how many, and the first of them. */
export const personTalksSchema = z.strictObject({
  count,
  talks: z.array(personTalkSchema).max(mostTalks)
})
export type PersonTalks = z.infer<typeof personTalksSchema>

/** Whose transcripts are saved as well: those of all conversations but these; null: of none. */
export const transcriptChoiceSchema = z
  .strictObject({ without: z.array(assetRefSchema).max(mostTalks) })
  .nullable()
export type TranscriptChoice = z.infer<typeof transcriptChoiceSchema>
