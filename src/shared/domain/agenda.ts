import * as z from 'zod'

/**
 * What the app does on its own, by what it is.
 *
 * - `scheduled`, `held`: begin at `dueAt`. `deletion`: is being sent, or goes on once it can be.
 * - `check`: what was deleted is looked at again. `training`: is watched until it ends. `upload`: a video on its way.
 * - `link`: links of uploaded videos are renewed before they expire. `upkeep`: the database is checked and backed up.
 * - `cleared`: the copy of a cleared history is deleted. `update`: a new version is looked for. `consent`,
 *   `retention`: the person is reminded that a consent has ended, or that a likeness was to be kept until then.
 *   `keeping`: they are reminded of what is older than they want to keep, if anything is.
 */
export const agendaKindSchema = z.enum([
  'scheduled',
  'held',
  'deletion',
  'check',
  'training',
  'upload',
  'link',
  'upkeep',
  'cleared',
  'update',
  'consent',
  'retention',
  'keeping'
])
export type AgendaKind = z.infer<typeof agendaKindSchema>

export const agendaEntrySchema = z.strictObject({
  kind: agendaKindSchema,
  /** When it begins, by the computer's calendar; null: it is under way. */
  dueAt: z.iso.datetime().nullable(),
  /** What it is about, where that is one thing with a name; else empty. */
  name: z.string().max(500),
  /** How many things it is about. */
  count: z.number().int().nonnegative(),
  /** The app goes on for it when its window is closed. Sample data and the app's own upkeep are no reason. */
  isPromised: z.boolean()
})
export type AgendaEntry = z.infer<typeof agendaEntrySchema>

/** Everything that will happen on its own: what is under way first, then by its time. */
export const agendaSchema = z.strictObject({
  entries: z.array(agendaEntrySchema).max(1000),
  /** The person paused it: nothing is sent or checked until it is resumed. */
  isPaused: z.boolean()
})
export type Agenda = z.infer<typeof agendaSchema>
