import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetId } from '../../shared/domain/asset.ts'
import type { Note, TagCounts } from '../../shared/domain/note.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import { folded } from '../../shared/folded.ts'
import { putAssetText } from './asset-text.ts'
import type { Sql } from './sql.ts'

/** A note outlives what it is about; of a person, `account_id` is ''. Tags are told apart as text is searched. */
export const notesSchema = `
  CREATE TABLE note (
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (kind, account_id, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE note_tag (
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    folded TEXT NOT NULL,
    tag TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (kind, account_id, id, folded)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX note_tag_by_tag ON note_tag (folded, kind, account_id, id);`

type Key = readonly [kind: string, accountId: string, id: string]

const keyOf = (about: Noted): Key =>
  about.what === 'person'
    ? ['person', '', about.personId]
    : [about.ref.kind, about.ref.accountId, about.ref.id]

const ofKey = 'kind = ? AND account_id = ? AND id = ?'

export const noteOf = (sql: Sql, about: Noted): Note => {
  const key = keyOf(about)
  const text = sql.first<{ text: string }>(`SELECT text FROM note WHERE ${ofKey}`, ...key)?.text
  const tags = sql.all<{ tag: string }>(
    `SELECT tag FROM note_tag WHERE ${ofKey} ORDER BY position`,
    ...key
  )
  return { text: text ?? '', tags: tags.map(({ tag }) => tag) }
}

export const putNote = (sql: Sql, about: Noted, { text, tags }: Note, changedAt: string): void => {
  const key = keyOf(about)
  sql.run(`DELETE FROM note_tag WHERE ${ofKey}`, ...key)
  if (text === '' && tags.length === 0) sql.run(`DELETE FROM note WHERE ${ofKey}`, ...key)
  else sql.run('INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?)', ...key, text, changedAt)
  for (const [position, tag] of tags.entries()) {
    sql.run(
      'INSERT INTO note_tag (kind, account_id, id, folded, tag, position) VALUES (?, ?, ?, ?, ?, ?)',
      ...key,
      folded(tag),
      tag,
      position
    )
  }
  if (about.what === 'asset') putAssetText(sql, about.ref, 'note', [text, ...tags].join('\n'))
}

export const removeNotesOf = (
  sql: Sql,
  of: { readonly accountId: AccountId } | { readonly personId: PersonId }
): void => {
  const [column, value] = 'personId' in of ? ['id', of.personId] : ['account_id', of.accountId]
  for (const table of ['note', 'note_tag'])
    sql.run(`DELETE FROM ${table} WHERE ${column} = ?`, value)
}

interface NoteRow {
  readonly kind: string
  readonly account_id: string
  readonly id: string
  readonly text: string
  readonly changed_at: string
}

const notedIn = ({ kind, account_id, id }: NoteRow): Noted =>
  kind === 'person'
    ? { what: 'person', personId: id as PersonId }
    : {
        what: 'asset',
        ref: { kind: kind as AssetKind, accountId: account_id as AccountId, id: id as AssetId }
      }

/** Every note with what it is about, and when it was last changed. */
export const allNotes = (
  sql: Sql
): readonly { readonly about: Noted; readonly note: Note; readonly changedAt: string }[] =>
  sql.all<NoteRow>('SELECT * FROM note').map((row) => {
    const about = notedIn(row)
    return { about, note: noteOf(sql, about), changedAt: row.changed_at }
  })

/** When a note was last changed; null: there is none. */
export const noteChangedAt = (sql: Sql, about: Noted): string | null =>
  sql.first<{ at: string }>(`SELECT changed_at AS at FROM note WHERE ${ofKey}`, ...keyOf(about))
    ?.at ?? null

/** Removes what was noted of these, and changes what the notes of others say. */
export const forgetNotes = (
  sql: Sql,
  about: readonly Noted[],
  changed: (text: string) => string
): void => {
  for (const key of about.map(keyOf)) {
    for (const table of ['note', 'note_tag', 'asset_text'])
      sql.run(`DELETE FROM ${table} WHERE ${ofKey}`, ...key)
  }
  for (const row of sql.all<NoteRow>('SELECT * FROM note')) {
    const noted = notedIn(row)
    const before = noteOf(sql, noted)
    const after = { text: changed(before.text), tags: before.tags.map(changed) }
    if (JSON.stringify(after) !== JSON.stringify(before)) putNote(sql, noted, after, row.changed_at)
  }
}

const mostTagsInUse = 500

/** By their names; of one kind of asset, or of persons. */
export const tagsInUse = (sql: Sql, kind: string): TagCounts => [
  ...sql.all<TagCounts[number]>(
    `SELECT min(tag) AS tag, count(*) AS count FROM note_tag WHERE kind = ?
     GROUP BY folded ORDER BY folded LIMIT ?`,
    kind,
    mostTagsInUse
  )
]
