import type { HistoryEvent } from '../../shared/domain/history.ts'
import { chainBase, chainOf, chainSpan, ownSeq } from '../../shared/history-chains.ts'
import { chainStart } from '../../verifier/record-hash.ts'
import type { OtherHistory } from '../ports/store.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import type { Sql } from './sql.ts'

/**
 * Chains of other computers, as backups brought them. `first_seq`: the first record of it that is kept here, which follows
 * on `prev_hash`; what came before it is part of a chain that was known already. `receipt_keys`: JSON of the public halves
 * of the keys that signed there.
 */
export const otherChainsSchema = `
  CREATE TABLE history_chain (
    id INTEGER PRIMARY KEY,
    computer TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    came_at TEXT NOT NULL,
    receipt_keys TEXT NOT NULL
  ) STRICT;
  ALTER TABLE history ADD COLUMN told_account_id TEXT;
  DROP TRIGGER history_in_order;
  CREATE TRIGGER history_in_order BEFORE INSERT ON history
    WHEN NEW.seq IS NOT CASE
      WHEN NEW.seq > 0 THEN (SELECT coalesce(max(seq), 0) + 1 FROM history WHERE seq > 0)
      ELSE (
        SELECT 1 + coalesce(
          (SELECT max(h.seq) FROM history h
           WHERE h.seq > -c.id * ${chainSpan} AND h.seq < (1 - c.id) * ${chainSpan}),
          c.first_seq - 1 - c.id * ${chainSpan})
        FROM history_chain c WHERE c.id = -NEW.seq / ${chainSpan} + 1)
    END
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;`

/** One chain of a database: its own, or one that it has of another computer. */
export interface Chain {
  /** 0: the database's own. */
  readonly id: number
  readonly computer: string
  readonly firstSeq: number
  readonly prevHash: string
}

/** A record as its own computer wrote it, which is what its hash is made of. */
export const asWritten = (row: HistoryRow): HistoryEvent => ({
  ...toEvent(row),
  seq: ownSeq(row.seq),
  accountId: row.told_account_id ?? row.account_id
})

interface ChainRow {
  readonly id: number
  readonly computer: string
  readonly first_seq: number
  readonly prev_hash: string
}

export const otherChains = (sql: Sql): readonly Chain[] =>
  sql
    .all<ChainRow>('SELECT id, computer, first_seq, prev_hash FROM history_chain ORDER BY id')
    .map((row) => ({
      id: row.id,
      computer: row.computer,
      firstSeq: row.first_seq,
      prevHash: row.prev_hash
    }))

export const ownChain = (computer: string): Chain => ({
  id: 0,
  computer,
  firstSeq: 1,
  prevHash: chainStart
})

/** The number of a chain's last record, by its own count; that before its first while it has none. */
export const lastSeqOf = (sql: Sql, { id, firstSeq }: Chain): number => {
  const base = chainBase(id)
  const last = sql.first<{ seq: number | null }>(
    'SELECT max(seq) AS seq FROM history WHERE seq > ? AND seq < ?',
    base,
    base + chainSpan
  )
  return last === null || last.seq === null ? firstSeq - 1 : last.seq - base
}

/** The hash of a chain's record by its own number; the one before its first is known, too. */
export const hashIn = (sql: Sql, { id, firstSeq, prevHash }: Chain, seq: number): string | null => {
  if (seq === firstSeq - 1) return prevHash
  const found = sql.first<{ hash: string }>(
    'SELECT hash FROM history WHERE seq = ?',
    chainBase(id) + seq
  )
  return found?.hash ?? null
}

/** Those of other computers that have records here, with their ends. */
export const otherHistories = (sql: Sql): readonly OtherHistory[] =>
  otherChains(sql).flatMap((chain) => {
    const seq = lastSeqOf(sql, chain)
    const hash = hashIn(sql, chain, seq)
    const after = { seq: chain.firstSeq - 1, hash: chain.prevHash }
    return seq < chain.firstSeq || hash === null
      ? []
      : [{ chain: chain.id, computer: chain.computer, after, head: { seq, hash } }]
  })

/** Records of a chain after one, in the chain's own count, as they were written. */
export const recordsOf = (
  sql: Sql,
  chain: number,
  afterSeq: number,
  limit: number
): readonly HistoryEvent[] => rowsOf(sql, chain, afterSeq, limit).map(asWritten)

export const rowsOf = (
  sql: Sql,
  chain: number,
  afterSeq: number,
  limit: number
): readonly HistoryRow[] => {
  const base = chainBase(chain)
  return sql.all<HistoryRow>(
    'SELECT * FROM history WHERE seq > ? AND seq < ? ORDER BY seq LIMIT ?',
    base + afterSeq,
    base + chainSpan,
    limit
  )
}

/** Walks over all records, whosever they are, in lots of so many: the numbers of the first and the last of each. */
export const eachLot = (
  sql: Sql,
  recordsAtOnce: number,
  visit: (fromSeq: number, toSeq: number) => void
): void => {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const lot = sql.first<{ first: number | null; last: number | null }>(
      `SELECT min(seq) AS first, max(seq) AS last
       FROM (SELECT seq FROM history WHERE seq > ? ORDER BY seq LIMIT ?)`,
      after,
      recordsAtOnce
    )
    if (lot === null || lot.first === null || lot.last === null) return
    visit(lot.first, lot.last)
    after = lot.last
  }
}

/** Which computer a record came from; null: this one. */
export const computerOf = (sql: Sql, seq: number): string | null => {
  const chain = chainOf(seq)
  if (chain === 0) return null
  return (
    sql.first<{ computer: string }>('SELECT computer FROM history_chain WHERE id = ?', chain)
      ?.computer ?? null
  )
}

/** Within a transaction of the caller, who empties the history. */
export const forgetOtherChains = (sql: Sql): void => sql.exec('DELETE FROM history_chain')
