import { foldAllAssets } from './asset-table.ts'
import { assetTextSchema, putAllScripts } from './asset-text.ts'
import {
  fillTopics,
  groupAllHistory,
  historyGroupsSchema,
  placesSchema,
  topicsSchema
} from './history-groups.ts'
import { emptyHistoryIndex, historyIndexSchema, indexAllHistory } from './history-index.ts'
import { historyMarksSchema } from './history-marks.ts'
import { notesSchema } from './note-table.ts'
import { otherChainsSchema } from './other-chains.ts'
import type { Sql } from './sql.ts'

/** One step of the schema. Never edited once released: the next change is the next number. */
export interface Migration {
  readonly version: number
  readonly up: (sql: Sql) => void
}

const accounts = `
  CREATE TABLE account (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    api_address TEXT NOT NULL,
    is_read_only INTEGER NOT NULL,
    is_sample INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    key_last4 TEXT,
    key_set_at TEXT,
    key_fingerprint TEXT,
    key_check_outcome TEXT NOT NULL,
    key_checked_at TEXT,
    synced_at TEXT
  ) STRICT;`

// `sort_at`, `sort_name` and `status_rank` stand behind one index for each order of the library;
// `search_text` is the folded name and id. It is in each of those indexes, because a search reads every
// row of a kind and the rows themselves are many times as wide.
const assets = `
  CREATE TABLE asset (
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    status_raw TEXT NOT NULL,
    progress REAL,
    model TEXT,
    origin TEXT,
    created_at TEXT,
    updated_at TEXT,
    error_message TEXT,
    poster_id TEXT,
    clip_id TEXT,
    made_with_id TEXT,
    details TEXT NOT NULL,
    presence TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    moved_at TEXT,
    last_seen_at TEXT NOT NULL,
    sort_at TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    status_rank INTEGER NOT NULL,
    search_text TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, id)
  ) STRICT;
  CREATE INDEX asset_by_time
    ON asset (kind, sort_at, id, account_id, presence, origin, status, search_text, model);
  CREATE INDEX asset_by_name
    ON asset (kind, sort_name, id, account_id, presence, origin, status, search_text);
  CREATE INDEX asset_by_status
    ON asset (kind, status_rank, sort_at DESC, id, account_id, presence, origin, status, search_text);
  CREATE INDEX asset_counting ON asset (kind, presence, origin, status, account_id);
  CREATE INDEX asset_unfinished ON asset (status)
    WHERE presence = 'listed' AND status IN ('training', 'preview', 'other');`

const operations = `
  CREATE TABLE operation (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    asset_kind TEXT NOT NULL,
    asset_id TEXT,
    asset_name TEXT NOT NULL,
    mode TEXT,
    key_fingerprint TEXT,
    state TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    finished_at TEXT,
    http_status INTEGER,
    error TEXT
  ) STRICT;
  CREATE INDEX operation_by_state ON operation (state);
  CREATE INDEX operation_of_asset ON operation (account_id, asset_kind, asset_id, position)
    WHERE kind = 'delete' AND state NOT IN ('failed', 'canceled');`

const draftsAndMeta = `
  CREATE TABLE draft (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT,
    json TEXT NOT NULL
  ) STRICT;
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`

// The chain is the proof; the triggers keep our own mistakes away. The insert trigger also stops
// `INSERT OR REPLACE`, which takes rows away without a delete trigger.
const history = `
  CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    monotonic_ms REAL NOT NULL,
    run_id TEXT NOT NULL,
    type TEXT NOT NULL,
    operation_id TEXT,
    account_id TEXT,
    account_name TEXT,
    asset_kind TEXT,
    asset_id TEXT,
    asset_name TEXT,
    body TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    topic TEXT GENERATED ALWAYS AS (
      CASE
        WHEN type LIKE 'deletion-%' THEN 'deletions'
        WHEN type LIKE 'creation-%' OR type = 'asset-status-changed' THEN 'creations'
        WHEN operation_id IS NULL AND type IN
          ('asset-first-seen', 'asset-renamed', 'asset-vanished', 'asset-returned')
          THEN 'elsewhere'
        ELSE 'other'
      END
    ) VIRTUAL
  ) STRICT;
  CREATE INDEX history_by_topic ON history (topic, seq);
  CREATE INDEX history_of_account ON history (account_id, seq);
  CREATE INDEX history_of_asset ON history (account_id, asset_kind, asset_id, seq);
  CREATE TRIGGER history_no_update BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
  CREATE TRIGGER history_no_delete BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
  CREATE TRIGGER history_in_order BEFORE INSERT ON history
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM history)
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
  CREATE VIRTUAL TABLE history_text USING fts5 (
    asset_name, asset_id, account_name, type, body, scope,
    content = '', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE history_words USING fts5vocab (history_text, instance);`

const parents = `
  ALTER TABLE asset RENAME COLUMN made_with_id TO parent_id;
  CREATE INDEX asset_of_parent ON asset (parent_id, kind, account_id, sort_at)
    WHERE parent_id IS NOT NULL;`

// A deletion that was only asked had not been sent; nothing of the first version takes it up again.
const batchedOperations = `
  DROP INDEX operation_of_asset;
  UPDATE operation SET state = 'queued' WHERE state = 'asked';
  UPDATE operation SET state = 'refused' WHERE state = 'failed';
  ALTER TABLE operation ADD COLUMN sent_at TEXT;
  ALTER TABLE operation ADD COLUMN batch_id TEXT;
  ALTER TABLE operation ADD COLUMN step_id TEXT;
  ALTER TABLE operation ADD COLUMN after TEXT NOT NULL DEFAULT '[]';
  CREATE INDEX operation_of_asset
    ON operation (account_id, asset_kind, asset_id, position, state) WHERE kind = 'delete';
  CREATE INDEX operation_of_batch ON operation (batch_id, step_id, position, state)
    WHERE batch_id IS NOT NULL;`

const batches = `
  CREATE TABLE batch (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    mode TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    waits_for TEXT,
    waits_until_at TEXT,
    held_until_at TEXT,
    hold_left_ms INTEGER,
    run_at TEXT,
    asked_at TEXT NOT NULL,
    ended_at TEXT,
    changes TEXT NOT NULL,
    plan TEXT NOT NULL,
    facts TEXT NOT NULL,
    archive TEXT,
    is_dismissed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX batch_shown ON batch (position) WHERE is_dismissed = 0;
  CREATE TABLE proof (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    operation_id TEXT NOT NULL,
    what TEXT NOT NULL,
    address TEXT,
    due_at TEXT NOT NULL,
    checked_at TEXT,
    result TEXT
  ) STRICT;
  CREATE INDEX proof_due ON proof (due_at) WHERE checked_at IS NULL;
  CREATE INDEX proof_of_operation ON proof (operation_id, due_at);`

const pinsAndPersons = `
  CREATE TABLE pin (
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    pinned_at TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE person (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    consent TEXT,
    name_rule TEXT,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE person_asset (
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (account_id, kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX person_asset_of_person ON person_asset (person_id);`

// Null and 0 for what was asked before: where it went, and how often, only its history can tell.
const destinations = `
  ALTER TABLE operation ADD COLUMN provider TEXT;
  ALTER TABLE operation ADD COLUMN origin TEXT;
  ALTER TABLE operation ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;`

// Keys were kept under their account's id before. A key for one run could hide one in the keychain, and accounts that
// were removed could leave theirs there, so all of these are looked for.
const keyEntries = `
  CREATE TABLE key_entry (
    name TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    is_likely INTEGER NOT NULL
  ) STRICT;
  ALTER TABLE account ADD COLUMN key_entry TEXT;
  UPDATE account SET key_entry = id WHERE key_set_at IS NOT NULL;
  INSERT INTO key_entry (name, account_id, account_name, noted_at, is_likely)
    SELECT id, id, name, created_at, key_set_at IS NOT NULL FROM account WHERE is_sample = 0;
  INSERT OR IGNORE INTO key_entry (name, account_id, account_name, noted_at, is_likely)
    SELECT account_id, account_id, coalesce(account_name, ''), at, 0 FROM history
    WHERE type = 'account-removed' AND account_id IS NOT NULL;`

const searchByOneRule = `
  DROP TABLE history_words;
  DROP TABLE history_text;
  ${historyIndexSchema}`

const looks = `
  ALTER TABLE operation ADD COLUMN found TEXT;
  CREATE INDEX operation_late ON operation (account_id, position)
    WHERE state = 'refused' AND found = 'there';`

// It held null in every row. Whose a draft is stands in the draft, which outlives its account.
const draftsOfNobody = 'ALTER TABLE draft DROP COLUMN account_id;'

// Children are counted from the index alone.
const countedChildren = `
  DROP INDEX asset_of_parent;
  CREATE INDEX asset_of_parent ON asset (parent_id, kind, account_id, sort_at, presence)
    WHERE parent_id IS NOT NULL;`

const bucketsAndUploads = `
  CREATE TABLE bucket (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    region TEXT NOT NULL,
    bucket TEXT NOT NULL,
    prefix TEXT NOT NULL,
    is_path_style INTEGER NOT NULL,
    access_key_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    key_entry TEXT,
    key_last4 TEXT,
    key_set_at TEXT,
    key_fingerprint TEXT,
    test TEXT NOT NULL
  ) STRICT;
  CREATE TABLE upload (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    draft_id TEXT NOT NULL,
    field TEXT NOT NULL,
    bucket_id TEXT NOT NULL,
    object_key TEXT NOT NULL,
    multipart_id TEXT,
    part_bytes INTEGER NOT NULL,
    file_path TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_modified_ms REAL NOT NULL,
    size_bytes INTEGER NOT NULL,
    sent_bytes INTEGER NOT NULL,
    state TEXT NOT NULL,
    error TEXT,
    begun_at TEXT NOT NULL,
    done_at TEXT,
    used_by_account_id TEXT,
    used_by_asset_id TEXT
  ) STRICT;`

const consentNotes = `
  CREATE TABLE consent_note (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX consent_note_by_person ON consent_note (person_id);`

const askedByUploads = `ALTER TABLE upload ADD COLUMN asked_by TEXT NOT NULL DEFAULT '[]';`

/** What is computed is stored nowhere, so that another rule rewrites no record. */
const uploadsAsTopic = `
  DROP INDEX history_by_topic;
  ALTER TABLE history DROP COLUMN topic;
  ALTER TABLE history ADD COLUMN topic TEXT GENERATED ALWAYS AS (
    CASE
      WHEN type LIKE 'deletion-%' THEN 'deletions'
      WHEN type LIKE 'creation-%' OR type = 'asset-status-changed' THEN 'creations'
      WHEN type LIKE 'video-%' THEN 'uploads'
      WHEN operation_id IS NULL AND type IN
        ('asset-first-seen', 'asset-renamed', 'asset-vanished', 'asset-returned')
        THEN 'elsewhere'
      ELSE 'other'
    END
  ) VIRTUAL;
  CREATE INDEX history_by_topic ON history (topic, seq);`

const indexAnew = (sql: Sql): void => {
  emptyHistoryIndex(sql)
  indexAllHistory(sql)
}

/** The text index keeps each record's topic, and only a history with uploads has one that is another now. */
const indexUploads = (sql: Sql): void => {
  if (sql.first("SELECT 1 FROM history WHERE topic = 'uploads'") !== null) indexAnew(sql)
}

const retention = `ALTER TABLE person ADD COLUMN keep_until TEXT;`

// `forgotten_key` holds salted hashes of what was forgotten, so that it can be forgotten again in what comes from a backup.
const forgetting = `
  ALTER TABLE history ADD COLUMN seal TEXT;
  ALTER TABLE history ADD COLUMN forgotten TEXT;
  CREATE TABLE forgotten_key (
    hash TEXT PRIMARY KEY,
    pseudonym TEXT NOT NULL,
    forgotten_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;`

// The others are asked of the operations, or of the text index.
const fewerIndexes = `
  DROP INDEX history_by_topic;
  CREATE INDEX history_creations ON history (account_id, seq) WHERE topic = 'creations';
  DROP INDEX history_group_by_outcome;
  CREATE INDEX history_group_good ON history_group (place) WHERE outcome = 'good';
  CREATE INDEX history_group_warn ON history_group (place) WHERE outcome = 'warn';
  CREATE INDEX history_group_bad ON history_group (place) WHERE outcome = 'bad';`

export const migrations: readonly Migration[] = [
  {
    version: 1,
    up: (sql) => {
      for (const part of [accounts, assets, operations, draftsAndMeta, history]) sql.exec(part)
    }
  },
  {
    version: 2,
    up: (sql) => {
      for (const part of [parents, batchedOperations, batches, pinsAndPersons]) sql.exec(part)
    }
  },
  { version: 3, up: (sql) => sql.exec(destinations) },
  { version: 4, up: (sql) => sql.exec(keyEntries) },
  {
    version: 5,
    up: (sql) => {
      sql.exec(searchByOneRule)
      indexAllHistory(sql)
      foldAllAssets(sql)
    }
  },
  { version: 6, up: (sql) => sql.exec(looks) },
  { version: 7, up: (sql) => sql.exec(draftsOfNobody) },
  { version: 8, up: (sql) => sql.exec(countedChildren) },
  { version: 9, up: (sql) => sql.exec(bucketsAndUploads) },
  { version: 10, up: (sql) => sql.exec(consentNotes) },
  { version: 11, up: (sql) => sql.exec(askedByUploads) },
  {
    version: 12,
    up: (sql) => {
      sql.exec(uploadsAsTopic)
      indexUploads(sql)
    }
  },
  {
    version: 13,
    // A later step fills it, with all that it holds by then.
    up: (sql) => sql.exec(historyGroupsSchema)
  },
  { version: 14, up: (sql) => sql.exec(retention) },
  { version: 15, up: (sql) => sql.exec(forgetting) },
  { version: 16, up: (sql) => sql.exec(otherChainsSchema) },
  {
    version: 17,
    up: (sql) => sql.exec(placesSchema)
  },
  { version: 18, up: (sql) => sql.exec(historyMarksSchema) },
  {
    version: 19,
    up: (sql) => {
      sql.exec(notesSchema)
      sql.exec(assetTextSchema)
      putAllScripts(sql)
    }
  },
  {
    version: 20,
    up: (sql) => {
      sql.exec(topicsSchema)
      if (sql.first('SELECT 1 FROM history_group LIMIT 1') === null) groupAllHistory(sql)
      else fillTopics(sql)
    }
  },
  { version: 21, up: (sql) => sql.exec(fewerIndexes) },
  // The newest record comes first in the index; see `historyIndexSchema`.
  { version: 22, up: indexAnew }
]

const firstTables = ['account', 'asset', 'operation', 'draft', 'meta', 'history']
const secondTables = ['batch', 'proof', 'pin', 'person', 'person_asset']

/** Tables without which a schema is none. */
export const neededTables = (version: number): readonly string[] =>
  version < 2 ? firstTables : [...firstTables, ...secondTables]

/** Every table of ours; those of the text index are SQLite's. */
export const ownTables = (sql: Sql): readonly string[] =>
  sql
    .all<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name`
    )
    .map(({ name }) => name)

export const schemaVersion = (sql: Sql): number =>
  sql.first<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0

export const latestVersion = (steps: readonly Migration[]): number =>
  Math.max(...steps.map((step) => step.version))

/** Takes one step in a transaction of its own, so that a failed one leaves the older schema whole. */
export const applyMigration = (sql: Sql, step: Migration): void => {
  sql.exec('BEGIN IMMEDIATE')
  try {
    step.up(sql)
    sql.exec(`PRAGMA user_version = ${step.version}`)
    sql.exec('COMMIT')
  } catch (error) {
    if (sql.isInTransaction) sql.exec('ROLLBACK')
    throw error
  }
}
