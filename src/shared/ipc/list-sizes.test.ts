import { describe, expect, it } from 'vitest'
import type { Account } from '../domain/account.ts'
import { accountIdSchema } from '../domain/account.ts'
import { type Person, personIdSchema } from '../domain/person.ts'
import { contract } from './contract.ts'
import { events } from './events.ts'

const at = '2026-03-01T10:00:00.000Z'

const account = (index: number): Account => ({
  id: accountIdSchema.parse(`acc_${String(index).padStart(8, '0')}`),
  provider: 'tavus',
  name: `Studio ${index}`,
  color: 'teal',
  apiAddress: 'https://tavusapi.com',
  isReadOnly: false,
  isSample: false,
  createdAt: at,
  key: { state: 'absent', last4: null, setAt: null },
  keyCheck: { outcome: 'not-checked', checkedAt: null }
})

const person = (index: number): Person => ({
  id: personIdSchema.parse(`per_${String(index).padStart(8, '0')}`),
  name: `Person ${index}`,
  consent: null,
  nameRule: null,
  createdAt: at,
  assetCount: 0,
  note: { text: '', tags: [] }
})

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('lists of what is stored have no limit that the app could go beyond', () => {
  it('accounts', () => {
    const accounts = many(1_000, account)
    const said = events['account:changed'].safeParse({ accounts })
    expect(said.error?.issues ?? []).toEqual([])
    expect(contract['app:bootstrap'].output.shape.accounts.safeParse(accounts).success).toBe(true)
    const sync = accounts.map(({ id }) => ({
      accountId: id,
      state: 'idle',
      asOfAt: null,
      lastError: null,
      unreadableCount: 0,
      readCount: 0,
      waitsUntilAt: null,
      tooLarge: []
    }))
    expect(contract['app:bootstrap'].output.shape.sync.safeParse(sync).success).toBe(true)
  })

  it('persons', () => {
    const persons = many(5_000, person)
    const said = events['person:changed'].safeParse({ persons })
    expect(said.error?.issues ?? []).toEqual([])
  })
})
