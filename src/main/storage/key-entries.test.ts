import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { applyMigration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

/** Accounts as earlier versions left them: `in keychain`, `for a run`, `sample`, and one that was removed. */
const earlier = (): string => {
  const folder = temporaryFolder()
  const sql = openSql(join(folder, 'library.sqlite'))
  for (const step of migrations.filter(({ version }) => version < 4)) applyMigration(sql, step)
  const add = (id: string, setAt: string | null, isSample: number) =>
    sql.run(
      `INSERT INTO account (id, provider, name, color, api_address, is_read_only, is_sample,
         created_at, key_last4, key_set_at, key_fingerprint, key_check_outcome)
       VALUES (?, 'tavus', ?, 'teal', 'https://tavusapi.com', 0, ?, '2026-10-10T12:00:00.000Z', ?, ?,
         'f00d', 'works')`,
      id,
      id,
      isSample,
      setAt === null ? null : '1a2b',
      setAt
    )
  add('acc_keychain', '2026-10-10T12:00:00.000Z', 0)
  add('acc_onerunonly', null, 0)
  add('acc_thesample', null, 1)
  sql.run(
    `INSERT INTO history (seq, at, monotonic_ms, run_id, type, account_id, account_name, body,
       prev_hash, hash)
     VALUES (1, '2026-10-09T12:00:00.000Z', 1, 'run_a', 'account-removed', 'acc_wasremoved', 'Old',
       '{}', '', '')`
  )
  sql.close()
  return folder
}

it('whatever an earlier version may have left in the keychain is on record after the step', () => {
  const store = openIn(earlier())
  expect(store.read.accounts().map(({ id, savedKey }) => [id, savedKey?.entry])).toEqual([
    ['acc_keychain', 'acc_keychain'],
    ['acc_onerunonly', undefined],
    ['acc_thesample', undefined]
  ])
  expect(store.read.keyEntries().map(({ name, isLikely }) => [name, isLikely])).toEqual([
    ['acc_wasremoved', false],
    ['acc_keychain', true],
    ['acc_onerunonly', false]
  ])
})
