import { randomUUID } from 'node:crypto'
import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { isPersonalFact } from '../../shared/catalogue/personal-facts.ts'
import type { HistoryBody, HistoryEvent, NewHistoryEvent } from '../../shared/domain/history.ts'
import { ForgottenRecords } from '../../verifier/forgotten.ts'
import { chainStart, recordHash, sealHash } from '../../verifier/record-hash.ts'

/** What of a body tells of people, or may quote what somebody wrote. */
const personalKeys = (type: HistoryEventType, body: HistoryBody): string[] =>
  Object.keys(body)
    .filter((key) => typeof body[key] === 'string' && isPersonalFact(type, key))
    .sort()

/** A record as it is appended: sealed, so that names can be forgotten later (see `recordHash`). */
export const sealed = (
  record: NewHistoryEvent & Omit<HistoryEvent, 'hash' | 'seal' | 'forgotten'>
): HistoryEvent => {
  const salt = randomUUID() // Node makes many at once, so that not every record waits for the system.
  const keys = personalKeys(record.type, record.body)
  const closed = { ...record, seal: { keys, salt, hash: null } }
  return { ...closed, hash: recordHash(closed) }
}

type Names = Pick<HistoryEvent, 'accountName' | 'assetId' | 'assetName' | 'body'>

/** The same record with other names: of what was sealed only the commitment is kept, without its salt. */
export const withoutNames = (
  event: HistoryEvent,
  forgotten: NonNullable<HistoryEvent['forgotten']>,
  names: Names
): HistoryEvent => {
  const { seal } = event
  const kept = seal && { seal: { keys: seal.keys, salt: null, hash: sealHash(event) } }
  return { ...event, ...names, ...kept, forgotten }
}

interface Place {
  readonly seq: number
  readonly hash: string
}

/** Follows the chain record by record: each must follow on the one before, and be what its hash says. */
export class ChainWalk {
  readonly contents: ForgottenRecords
  before: Place
  count = 0
  firstBadSeq: number | null = null

  /** `start`: what the first record follows on. */
  constructor(start: Place = { seq: 0, hash: chainStart }) {
    this.before = start
    this.contents = new ForgottenRecords((seq) => seq > start.seq)
  }

  take(event: HistoryEvent): void {
    const { before } = this
    this.count += 1
    const isNext = event.seq === before.seq + 1 && event.prevHash === before.hash
    const faults = this.contents.take(event)
    if (!isNext) this.#bad(before.seq + 1)
    for (const { seq } of faults) this.#bad(seq === event.seq ? before.seq + 1 : seq)
    this.before = { seq: event.seq, hash: event.hash }
  }

  end(): void {
    for (const { seq } of this.contents.end()) this.#bad(seq)
  }

  #bad(seq: number): void {
    this.firstBadSeq = Math.min(seq, this.firstBadSeq ?? seq)
  }
}
