import * as z from 'zod'

/** Comfort only: nothing here may matter if it is lost (security G4). */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  libraryView: z.enum(['grid', 'list']),
  isDetailOpen: z.boolean()
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  theme: 'system',
  libraryView: 'grid',
  isDetailOpen: true
}

export const settingsPatchSchema = settingsSchema.partial()
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
