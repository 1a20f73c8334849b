import type { SampleAccount } from '../ports/store.ts'
import { eachOfType } from './history-index.ts'
import type { Sql } from './sql.ts'

const sample = '(SELECT id FROM account WHERE is_sample = 1)'

/** What is tied to sample data, or done with it, and to nothing else. */
const onlySample = (table: string, id: string): string =>
  `SELECT ${id} FROM ${table} WHERE ${id} IS NOT NULL GROUP BY ${id} HAVING min(account_id IN ${sample}) = 1`

const tablesOfAccounts = ['person_asset', 'pin', 'note', 'note_tag', 'asset_text', 'asset']

/**
 * Takes sample data out of a database that leaves this computer or came from another: accounts, what they hold, what was
 * deleted in them, and persons that are nothing but names of what they hold. Records stay: each is part of the chain.
 */
export const withoutSample: readonly string[] = [
  `DELETE FROM batch WHERE id IN (${onlySample('operation', 'batch_id')})`,
  `DELETE FROM proof WHERE operation_id IN (SELECT id FROM operation WHERE account_id IN ${sample})`,
  `DELETE FROM operation WHERE account_id IN ${sample}`,
  `DELETE FROM draft WHERE json_valid(json) AND json ->> '$.draft.accountId' IN ${sample}`,
  `DELETE FROM person WHERE id IN (${onlySample('person_asset', 'person_id')})
     AND consent IS NULL AND keep_until IS NULL AND id NOT IN (SELECT person_id FROM consent_note)
     AND id NOT IN (SELECT id FROM note WHERE kind = 'person')
     AND id NOT IN (SELECT id FROM note_tag WHERE kind = 'person')`,
  ...tablesOfAccounts.map((table) => `DELETE FROM ${table} WHERE account_id IN ${sample}`),
  'DELETE FROM account WHERE is_sample = 1'
]

/** Pictures and clips that are of sample data alone. */
export const sampleMediaIds = (sql: Sql): ReadonlySet<string> => {
  const idsOf = (which: 'IN' | 'NOT IN'): string =>
    ['poster_id', 'clip_id']
      .map(
        (column) =>
          `SELECT ${column} AS id FROM asset WHERE account_id ${which} ${sample} AND ${column} IS NOT NULL`
      )
      .join(' UNION ')
  return new Set(
    sql
      .all<{ id: string }>(
        `SELECT id FROM (${idsOf('IN')}) EXCEPT SELECT id FROM (${idsOf('NOT IN')})`
      )
      .map(({ id }) => id)
  )
}

/** Accounts with sample data: those that are here, and those that records tell of, of other computers too. */
export const sampleAccounts = (sql: Sql): readonly SampleAccount[] => [
  ...sql.all<SampleAccount>('SELECT id, name FROM account WHERE is_sample = 1'),
  ...eachOfType(sql, 'account-added').flatMap(({ accountId: id, accountName: name, body }) =>
    body['isSample'] === true && id !== null && name !== null ? [{ id, name }] : []
  )
]
