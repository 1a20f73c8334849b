import * as z from 'zod'
import { columnNames } from '../catalogue/columns.ts'
import { languageTags } from '../catalogue/languages.ts'
import { mostViews } from '../history-filter.ts'
import { isLocalFolder } from '../local-folder.ts'
import { historyViewSchema } from './history.ts'

export const libraryColumnSchema = z.enum(columnNames)

/** Comfort only: nothing here may matter if it is lost (security G4). */
export const settingsSchema = z.strictObject({
  /** Of the window, the menus, notifications and receipts; `system`: the first of the system's that the app speaks. */
  language: z.enum(['system', ...languageTags]),
  theme: z.enum(['system', 'light', 'dark']),
  libraryView: z.enum(['grid', 'list']),
  isDetailOpen: z.boolean(),
  /** Columns shown in the list, and the width of those that were resized, in CSS pixels. */
  libraryColumns: z.strictObject({
    shown: z.array(libraryColumnSchema).max(20),
    widths: z.partialRecord(
      z.union([z.literal('name'), libraryColumnSchema]),
      z.number().int().min(40).max(1200)
    )
  }),
  /** Desktop notifications when a training or a video ends. */
  notifications: z.enum(['all', 'failures', 'off']),
  /** Seconds between two looks at running trainings, 30 to 600; slower by itself while nothing moves. */
  watchIntervalSeconds: z.number().int().min(30).max(600),
  /** Whether new versions are looked for once a day; a person can always look. */
  updateChecks: z.enum(['daily', 'off']),
  /** Most that cached thumbnails may take on disk, in megabytes. */
  thumbnailCapMegabytes: z.number().int().min(10).max(5000),
  /** Years that pictures of what is gone, and the history, are kept before the person is reminded; 0: all are kept. */
  keepPicturesYears: z.number().int().min(0).max(100),
  keepRecordsYears: z.number().int().min(0).max(100),
  /** Seconds that a soft deletion is held before it is sent, 5 to 60; 0: sent at once. */
  holdSeconds: z.union([z.literal(0), z.number().int().min(5).max(60)]),
  /** What closing the window does: keep running while something is `promised`, `always` keep running, or `quit`. */
  whenClosed: z.enum(['promised', 'always', 'quit']),
  /** Started without its window when the person logs in. What the system says of it counts, see `login-start.ts`. */
  startsAtLogin: z.boolean(),
  /** Folder on this computer that the save dialog of an export opens in; null: the system's choice. */
  exportFolder: z.string().max(2000).refine(isLocalFolder).nullable(),
  /** Filters of the history that were saved, in the order of the side bar. */
  historyViews: z.array(historyViewSchema).max(mostViews)
})
export type Settings = z.infer<typeof settingsSchema>

export const settingsPatchSchema = settingsSchema.partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
