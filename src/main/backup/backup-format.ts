import * as z from 'zod'
import { type BackupFacts, backupFactsSchema } from '../../shared/domain/backup.ts'

/** The parts of a backup. Its pictures lie in a folder, each under its id. */
export const parts = {
  manifest: 'manifest.json',
  words: 'contents.txt',
  database: 'library.sqlite',
  settings: 'settings.json'
} as const

const picturePattern = /^pictures\/([a-f0-9]{32}\.[a-z0-9]{3,4})$/

export const pictureName = (name: string): string => `pictures/${name}`

/** The file's own name of a picture in a backup; null for any other part. */
export const pictureIn = (part: string): string | null => picturePattern.exec(part)?.[1] ?? null

const format = 'replica-desk-backup'
export const formatVersion = 1

const partSchema = z.strictObject({
  name: z.string().max(200),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/)
})
export type BackupPart = z.infer<typeof partSchema>

export const manifestSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(formatVersion),
  facts: backupFactsSchema,
  /** Every other part. */
  parts: z.array(partSchema).max(200_000)
})
export type Manifest = z.infer<typeof manifestSchema>

export const manifestOf = (facts: BackupFacts, all: readonly BackupPart[]): string =>
  `${JSON.stringify({ format, version: formatVersion, facts, parts: all }, null, 1)}\n`
