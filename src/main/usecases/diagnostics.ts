import type { Health } from '../../shared/domain/health.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { redact } from '../../shared/redact.ts'
import type { Store } from '../ports/store.ts'

export interface DiagnosticsFacts {
  readonly madeAt: string
  /** Versions of the app and what it runs on. */
  readonly versions: Readonly<Record<string, string>>
  readonly health: Health
  readonly settings: Settings
  /** The last lines of the log, oldest first; redacted when they were written, and again here. */
  readonly logLines: readonly string[]
}

/**
 * A file to attach to a bug report: versions, states and numbers, no names, ids, addresses, keys or links. Of the
 * settings' folder only whether there is one.
 */
export const describeForReport = (store: Store, facts: DiagnosticsFacts): string => {
  const { exportFolder, historyViews, ...settings } = facts.settings
  const report = {
    madeAt: facts.madeAt,
    versions: facts.versions,
    health: { ...facts.health, leftKeys: facts.health.leftKeys.length },
    settings: {
      ...settings,
      hasExportFolder: exportFolder !== null,
      viewCount: historyViews.length
    },
    accounts: store.read.accounts().map((account) => ({
      provider: account.provider,
      isSample: account.isSample,
      isReadOnly: account.isReadOnly,
      hasSavedKey: account.savedKey !== null,
      keyCheck: account.keyCheck,
      syncedAt: account.syncedAt
    })),
    counts: store.read.counts(null),
    historyRecords: store.read.historyHead()?.seq ?? 0,
    openOperations: store.read
      .operations(['queued', 'sent', 'accepted', 'unclear'])
      .map(({ kind, state, mode, askedAt }) => ({ kind, state, mode, askedAt })),
    log: facts.logLines.map(redact)
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
