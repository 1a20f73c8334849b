import type { DraftRecord } from '../ports/store.ts'
import type { Sql } from './sql.ts'

export const allDrafts = (sql: Sql): readonly DraftRecord[] =>
  sql.all<DraftRecord>('SELECT id, json FROM draft ORDER BY position')

export const putDraft = (sql: Sql, draft: DraftRecord): void => {
  sql.run(
    `INSERT INTO draft (id, json) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET json = excluded.json`,
    draft.id,
    draft.json
  )
}

export const removeDraft = (sql: Sql, id: string): void => {
  sql.run('DELETE FROM draft WHERE id = ?', id)
}
