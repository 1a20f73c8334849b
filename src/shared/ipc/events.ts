import * as z from 'zod'
import { mostDrafts } from '../catalogue/limits.ts'
import { accountIdSchema, accountSchema } from '../domain/account.ts'
import { agendaSchema } from '../domain/agenda.ts'
import { assetRefSchema } from '../domain/asset.ts'
import { backupRunSchema, restoreRunSchema } from '../domain/backup.ts'
import { batchSchema } from '../domain/batch.ts'
import { bucketSchema } from '../domain/bucket.ts'
import { destinationSchema } from '../domain/destination.ts'
import { draftIdSchema, draftSchema } from '../domain/draft.ts'
import { healthSchema } from '../domain/health.ts'
import { historyExportSchema } from '../domain/history-export.ts'
import { overdueSchema } from '../domain/keeping.ts'
import { personIdSchema, personNameSchema, personSchema } from '../domain/person.ts'
import { personSaveSchema } from '../domain/person-save.ts'
import { settingsSchema } from '../domain/settings.ts'
import { syncStatusSchema } from '../domain/sync.ts'
import { updateStatusSchema } from '../domain/update.ts'
import { uploadSchema } from '../domain/upload.ts'

/** What the application menu can ask of the window; the same commands as in the palette. */
export const menuCommandSchema = z.enum([
  'new-replica',
  'add-account',
  'refresh',
  'find',
  'go-replicas',
  'go-videos',
  'go-voices',
  'go-pals',
  'go-conversations',
  'go-models',
  'go-versions',
  'go-people',
  'go-inbox',
  'go-history',
  'go-accounts',
  'go-settings',
  'undo-deletion',
  'verify-receipt',
  'back-up',
  'restore',
  'check-for-updates',
  'command-palette',
  'shortcuts',
  'open-docs',
  'report-problem'
])
export type MenuCommand = z.infer<typeof menuCommandSchema>

/** Everything main tells the window unasked: name and payload. Past tense; the payload is the new truth. */
export const events = {
  'account:changed': z.strictObject({ accounts: z.array(accountSchema) }),
  /** The library of an account changed; what is on the screen should be asked for again. */
  'library:changed': z.strictObject({ accountId: accountIdSchema }),
  'sync:changed': syncStatusSchema,
  /** Drafts that are new or not as they were, and those that are no more; the others stand as before. */
  'draft:changed': z.strictObject({
    changed: z.array(draftSchema).max(mostDrafts),
    removedIds: z.array(draftIdSchema).max(mostDrafts)
  }),
  /** A batch began, went on, waits or ended. */
  'batch:changed': batchSchema,
  'bucket:changed': z.strictObject({ buckets: z.array(bucketSchema) }),
  /** An upload began, went on or ended; while it sends, a few times a second. */
  'upload:changed': uploadSchema,
  /** What will happen on its own is something else now. */
  'agenda:changed': agendaSchema,
  'person:changed': z.strictObject({ persons: z.array(personSchema) }),
  /** Saving everything of a person began, went on or ended; while it goes on, a few times a second. */
  'person:savingChanged': personSaveSchema,
  /**
   * The last day of a consent is over, or the one until which a likeness was to be kept, of somebody whose assets are still
   * there.
   */
  'person:due': z.strictObject({
    personId: personIdSchema,
    name: personNameSchema,
    why: z.enum(['consent', 'retention']),
    endsOn: z.iso.date()
  }),
  /** Backing up began, went on or ended; while it goes on, a few times a second. */
  'backup:changed': backupRunSchema,
  /** Restoring began, went on or ended; null: what was opened is forgotten. */
  'restore:changed': z.strictObject({ run: restoreRunSchema.nullable() }),
  /** Pictures or the history are older than the person chose to keep them. */
  'keeping:exceeded': overdueSchema,
  'history:appended': z.strictObject({ headSeq: z.number().int().nonnegative() }),
  /** Exporting the history began, went on or ended; while it goes on, a few times a second. */
  'history:exportChanged': historyExportSchema,
  'health:changed': healthSchema,
  'settings:changed': settingsSchema,
  /** A look for a new version began, went on or ended. */
  'update:changed': updateStatusSchema,
  /** A desktop notification was clicked: show this asset. */
  'asset:opened': z.strictObject({ ref: assetRefSchema }),
  /** A link of the app's own scheme was opened: show where it leads. */
  'destination:asked': z.strictObject({ destination: destinationSchema }),
  /** Something was chosen from the application menu. */
  'command:chosen': z.strictObject({ command: menuCommandSchema })
} as const

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<N extends EventName> = z.output<Events[N]>
