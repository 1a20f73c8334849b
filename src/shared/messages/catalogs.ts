import type { Catalogs } from './speak-chosen.ts'

/** Whole catalogs, each loaded when its language is spoken. */
export const wholeCatalogs: Catalogs = {
  'en-US': async () => (await import('./en-US.json')).default,
  de: async () => (await import('./de.json')).default
}
