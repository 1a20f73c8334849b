import { openStore } from '../../src/main/storage/sqlite-store.ts'
import { happening, listeningLog, steppingClock } from './storage/records.ts'

/** A history that begins in 2020, in the folder of an app that has not run yet. */
export const seedOldRecord = (folder: string): void => {
  const clock = steppingClock()
  clock.moveTo('2020-01-01T00:00:00.000Z')
  const store = openStore({ folder, clock, runId: 'run_old', log: listeningLog() })
  store.transaction((write) =>
    write.append(
      happening({
        type: 'account-removed',
        accountId: null,
        assetKind: null,
        assetId: null,
        assetName: null,
        body: {}
      })
    )
  )
  store.close()
}
