import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'

const count = z.number().int().nonnegative()

/** What a backup holds, counted when it was made. */
const backupCountsSchema = z.strictObject({
  accounts: count,
  assets: count,
  persons: count,
  consentNotes: count,
  drafts: count,
  /** Confirmed plans, with what came of them. */
  deletions: count,
  /** Of the history: this computer's own, and those it had from others. */
  records: count,
  pictures: count
})

/** Stands for the computer, and says nothing about it: eight random digits that its database got when it was made. */
const computerSchema = z.string().regex(/^[0-9a-f]{8}$/)

/** What a backup tells about itself. */
export const backupFactsSchema = z.strictObject({
  appVersion: z.string().max(40),
  /** Step of the database's schema. */
  schemaVersion: z.number().int().positive(),
  madeAt: z.iso.datetime(),
  computer: computerSchema,
  counts: backupCountsSchema,
  /** Of the first and the last record; null while the history is empty. */
  firstRecordAt: z.iso.datetime().nullable(),
  lastRecordAt: z.iso.datetime().nullable()
})
export type BackupFacts = z.infer<typeof backupFactsSchema>

/** How backing up stands. Only what is `saved` has the name that the person chose. */
export const backupRunSchema = z.strictObject({
  state: z.enum(['copying', 'writing', 'checking', 'saved', 'stopped', 'failed']),
  /** Bytes that went through the present step, of all. */
  done: count,
  all: count,
  saved: z
    .strictObject({
      /** Only the file's own name; where it lies is the person's business. */
      fileName: z.string().max(400),
      sizeBytes: count,
      counts: backupCountsSchema
    })
    .nullable(),
  error: appErrorSchema.nullable()
})
export type BackupRun = z.infer<typeof backupRunSchema>

/** What a backup would bring here. Nothing that is here already is counted. */
const backupLookSchema = z.strictObject({
  accounts: z.array(z.strictObject({ name: z.string().max(80), isKnown: z.boolean() })),
  assets: count,
  /** Names of people who are not here, or cannot be told to be. */
  persons: z.array(z.string().max(200)),
  consentNotes: count,
  notes: count,
  drafts: count,
  deletions: count,
  /** Of these, those that were open on the other computer and arrive as ended. */
  openDeletions: count,
  records: count
})

/** How restoring stands. `refused`: nothing was changed. `failed`: it goes on at the next start. */
export const restoreRunSchema = z.strictObject({
  state: z.enum(['reading', 'ready', 'restoring', 'restored', 'refused', 'failed']),
  /** Bytes that were read, of all. */
  done: count,
  all: count,
  found: z
    .strictObject({
      facts: backupFactsSchema,
      look: backupLookSchema,
      /** It was made on this computer. */
      isOwn: z.boolean()
    })
    .nullable(),
  /** How much came in, or is newer now. */
  taken: z
    .strictObject({
      accounts: count,
      assets: count,
      persons: count,
      consentNotes: count,
      notes: count,
      drafts: count,
      deletions: count,
      records: count,
      pictures: count
    })
    .nullable(),
  error: appErrorSchema.nullable()
})
export type RestoreRun = z.infer<typeof restoreRunSchema>
