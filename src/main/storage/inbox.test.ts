import { join } from 'node:path'
import { expect, it } from 'vitest'
import { account, happening, startAt, steppingClock } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { NewHistoryEvent } from '../../shared/domain/history.ts'
import { emptyHistoryGroups, groupAllHistory } from './history-groups.ts'
import { applyMigration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

type Happening = Partial<NewHistoryEvent> & { readonly walk?: string }

/** The step of the schema that keeps what is read. */
const inboxVersion = 18
const aPage = { beforeSeq: null, limit: 100 }

const start = (folder = temporaryFolder()) => {
  const clock = steppingClock()
  const store = openIn(folder, { clock })
  store.transaction((write) => write.putAccount(account({ syncedAt: startAt })))
  const append = (...events: readonly Happening[]): void => {
    for (const { walk, ...event } of events) {
      const stored = store.transaction((write) => write.append(happening(event), walk))
      expect(stored.ok).toBe(true)
    }
  }
  /** "Face a unread" for each operation, newest first. */
  const inbox = () =>
    store.read
      .inbox(aPage)
      .lines.map(
        ({ names, head, isNew }) => `${names[0] ?? head.type} ${isNew ? 'unread' : 'read'}`
      )
  return { folder, clock, store, append, inbox }
}

const thing = (id: string): Happening => ({ assetId: id, assetName: `Face ${id}` })
const status = (id: string, from: string, to: string): Happening => ({
  ...thing(id),
  type: 'asset-status-changed',
  body: { from, to }
})
const deletion = (type: NewHistoryEvent['type'], id: string, body = {}): Happening => ({
  ...thing(id),
  type,
  operationId: `op-${id}`,
  body: { batch: `bat_${id}`, mode: 'permanent', ...body }
})

it('holds what ended, failed, vanished or came up elsewhere, and reminders, and nothing else', () => {
  const { append, inbox, store } = start()
  append(
    { type: 'account-changed', assetKind: null, assetId: null, assetName: null },
    status('a', 'training', 'preview'),
    status('a', 'preview', 'ready'),
    status('b', 'training', 'failed'),
    status('c', 'failed', 'ready'),
    { ...thing('d'), type: 'asset-vanished', walk: 'one' },
    { ...thing('e'), type: 'asset-pinned' },
    {
      type: 'person-due',
      assetKind: null,
      assetId: null,
      assetName: null,
      body: { person: 'Amara' }
    },
    { type: 'keep-due', assetKind: null, assetId: null, assetName: null, body: { records: 1 } }
  )
  expect(inbox()).toEqual([
    'keep-due unread',
    'person-due unread',
    'Face d unread',
    'Face b unread',
    'Face a unread'
  ])
  expect(store.read.unreadCount()).toBe(5)
  expect(store.read.newChangeCount()).toBe(1)
})

it('holds a deletion once it has ended, unread where it failed or where nobody waited for it', () => {
  const { append, inbox, clock } = start()
  append(
    deletion('deletion-asked', 'a'),
    deletion('deletion-asked', 'b'),
    deletion('deletion-asked', 'c')
  )
  expect(inbox()).toEqual([])
  append(deletion('deletion-answered', 'a', { outcome: 'done' }))
  append(deletion('deletion-failed', 'b', { outcome: 'refused' }))
  clock.moveTo('2026-03-01T12:00:00.000Z')
  append(deletion('deletion-answered', 'c', { outcome: 'done' }))
  expect(inbox()).toEqual(['Face c unread', 'Face b unread', 'Face a read'])
  append(deletion('deletion-drifted', 'a'))
  expect(inbox()[0]).toBe('Face a unread')
})

it('does not hold what the person undid, nor a plan that is under way', () => {
  const { append, inbox } = start()
  append(
    deletion('deletion-held', 'a'),
    deletion('deletion-canceled', 'a', { reason: 'taken-back' })
  )
  const one = { batch: 'bat_1' }
  append(deletion('deletion-asked', 'b', one), deletion('deletion-asked', 'c', one))
  append(deletion('deletion-failed', 'b', { ...one, outcome: 'refused' }))
  expect(inbox()).toEqual([])
  append(deletion('deletion-answered', 'c', { ...one, outcome: 'done' }))
  expect(inbox()).toEqual(['Face b unread'])
})

it('keeps what is read, one by one or all, over a restart; news make it unread again', () => {
  const { folder, append, inbox, store } = start()
  append(status('a', 'training', 'ready'), status('b', 'training', 'ready'))
  append({ ...thing('c'), type: 'asset-vanished', walk: 'one' })
  const [c, b] = store.read.inbox(aPage).lines
  store.transaction((write) => write.markInbox([b?.id ?? 0], true))
  expect(inbox()).toEqual(['Face c unread', 'Face b read', 'Face a unread'])
  expect(store.read.unreadCount()).toBe(2)
  store.transaction((write) => write.markInbox(null, true))
  expect([store.read.unreadCount(), store.read.newChangeCount()]).toEqual([0, 0])
  store.transaction((write) => write.markInbox([c?.id ?? 0], false))
  expect(store.read.newChangeCount()).toBe(1)
  store.transaction((write) => write.acknowledgeChanges(null))
  store.close()
  const again = start(folder)
  expect(again.inbox()).toEqual(['Face c read', 'Face b read', 'Face a read'])
  again.append({ ...thing('d'), type: 'asset-vanished', walk: 'one' })
  expect(again.inbox()[0]).toBe('Face c unread')
})

it('is had page by page', () => {
  const { append, store } = start()
  append(...['a', 'b', 'c'].map((id) => status(id, 'training', 'ready')))
  const first = store.read.inbox({ beforeSeq: null, limit: 2 })
  expect([first.lines.length, first.hasMore]).toEqual([2, true])
  const beforeSeq = first.lines.at(-1)?.place ?? null
  const { lines, hasMore } = store.read.inbox({ beforeSeq, limit: 2 })
  expect([lines[0]?.names, hasMore]).toEqual([['Face a'], false])
})

it('begins with what earlier versions wrote as read, also where operations are put together anew', () => {
  const { folder, append, store } = start()
  append(status('a', 'training', 'ready'), deletion('deletion-asked', 'b'), thing('c'))
  append(deletion('deletion-failed', 'b', { outcome: 'refused' }))
  store.close()
  const sql = openSql(join(folder, 'library.sqlite'))
  const marks = () => sql.all<{ is_new: number }>('SELECT is_new FROM history_group ORDER BY id')
  sql.exec('DROP INDEX history_group_in_inbox; UPDATE history_group SET is_new = 0')
  for (const step of migrations.filter(({ version }) => version === inboxVersion))
    applyMigration(sql, step)
  expect(marks().map(({ is_new }) => is_new)).toEqual([2, 2, 0])
  emptyHistoryGroups(sql)
  groupAllHistory(sql)
  expect(marks().map(({ is_new }) => is_new)).toEqual([2, 2, 0])
  sql.close()
})
