import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Consent, Person, PersonId, StoredPerson } from '../../shared/domain/person.ts'
import { noteOf, removeNotesOf } from './note-table.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

interface PersonRow {
  readonly id: PersonId
  readonly name: string
  readonly consent: string | null
  readonly name_rule: string | null
  readonly keep_until: string | null
  readonly created_at: string
  readonly asset_count: number
  readonly poster_id: string | null
}

export const allPersons = (sql: Sql): readonly Person[] =>
  sql
    .all<PersonRow>(
      `SELECT person.*, (
         SELECT count(*) FROM person_asset p CROSS JOIN asset a
           ON a.account_id = p.account_id AND a.kind = p.kind AND a.id = p.id
         WHERE p.person_id = person.id AND a.presence = 'listed'
       ) AS asset_count, (
         SELECT a.poster_id FROM person_asset p CROSS JOIN asset a
           ON a.account_id = p.account_id AND a.kind = p.kind AND a.id = p.id
         WHERE p.person_id = person.id AND a.presence = 'listed' AND a.poster_id IS NOT NULL
           AND a.kind IN ('replica', 'model')
         ORDER BY a.kind = 'replica' DESC LIMIT 1
       ) AS poster_id FROM person ORDER BY position`
    )
    .map((row) => ({
      id: row.id,
      name: row.name,
      consent: row.consent === null ? null : storedJson<Consent>(row.consent),
      nameRule: row.name_rule,
      ...(row.keep_until === null ? {} : { keepUntilOn: row.keep_until }),
      createdAt: row.created_at,
      assetCount: row.asset_count,
      ...(row.poster_id === null ? {} : { posterId: row.poster_id }),
      note: noteOf(sql, { what: 'person', personId: row.id })
    }))

export const putPerson = (sql: Sql, person: StoredPerson): void => {
  sql.run(
    `INSERT INTO person (id, name, consent, name_rule, keep_until, created_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, consent = excluded.consent, name_rule = excluded.name_rule,
       keep_until = excluded.keep_until, created_at = excluded.created_at`,
    person.id,
    person.name,
    person.consent === null ? null : JSON.stringify(person.consent),
    person.nameRule,
    person.keepUntilOn ?? null,
    person.createdAt
  )
}

export const removePerson = (sql: Sql, id: PersonId): void => {
  sql.run('DELETE FROM person_asset WHERE person_id = ?', id)
  sql.run('DELETE FROM consent_note WHERE person_id = ?', id)
  removeNotesOf(sql, { personId: id })
  sql.run('DELETE FROM person WHERE id = ?', id)
}

export const assignPerson = (sql: Sql, ref: AssetRef, personId: PersonId | null): void => {
  if (personId === null) {
    sql.run(
      'DELETE FROM person_asset WHERE account_id = ? AND kind = ? AND id = ?',
      ref.accountId,
      ref.kind,
      ref.id
    )
    return
  }
  sql.run(
    `INSERT INTO person_asset (account_id, kind, id, person_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, kind, id) DO UPDATE SET person_id = excluded.person_id`,
    ref.accountId,
    ref.kind,
    ref.id,
    personId
  )
}
