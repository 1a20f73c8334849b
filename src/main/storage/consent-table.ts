import type { ConsentNote, ConsentNoteId } from '../../shared/domain/consent-note.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

/** In the order in which they were written. */
export const consentNotesOf = (sql: Sql, personId: PersonId): readonly ConsentNote[] =>
  sql
    .all<{ readonly json: string }>(
      'SELECT json FROM consent_note WHERE person_id = ? ORDER BY position',
      personId
    )
    .map(({ json }) => storedJson<ConsentNote>(json))

export const consentNote = (sql: Sql, id: ConsentNoteId): ConsentNote | null => {
  const row = sql.first<{ readonly json: string }>('SELECT json FROM consent_note WHERE id = ?', id)
  return row === null ? null : storedJson<ConsentNote>(row.json)
}

export const addConsentNote = (sql: Sql, note: ConsentNote): void => {
  sql.run(
    'INSERT INTO consent_note (id, person_id, json) VALUES (?, ?, ?)',
    note.id,
    note.personId,
    JSON.stringify(note)
  )
}

export const removeConsentNote = (sql: Sql, id: ConsentNoteId): void => {
  sql.run('DELETE FROM consent_note WHERE id = ?', id)
}
