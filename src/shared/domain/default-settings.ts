import { columnsShownAtFirst } from '../catalogue/columns.ts'
import type { Settings } from './settings.ts'

/** As on the first start. Apart from the schemas, which the window does without. */
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  libraryView: 'grid',
  isDetailOpen: true,
  libraryColumns: {
    shown: [...columnsShownAtFirst],
    widths: {}
  },
  notifications: 'all',
  watchIntervalSeconds: 60,
  updateChecks: 'daily',
  thumbnailCapMegabytes: 200,
  keepPicturesYears: 0,
  keepRecordsYears: 0,
  holdSeconds: 10,
  whenClosed: 'promised',
  startsAtLogin: false,
  exportFolder: null,
  historyViews: []
}
