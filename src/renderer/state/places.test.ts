import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { Account } from '../../shared/domain/account.ts'
import { homeOf, offeredFirst } from './places.ts'

const account = (id: string, provider: ProviderId, isSample: boolean): Account =>
  ({ id, provider, isSample }) as Account

const sampleTavus = account('sample-tavus', 'tavus', true)
const sampleReplicate = account('sample-replicate', 'replicate', true)
const own = account('own', 'replicate', false)

describe('sample data', () => {
  it('is offered first only where there is nothing else, or it is what is looked at', () => {
    expect(offeredFirst([sampleReplicate, own], null)).toBe('own')
    expect(offeredFirst([sampleReplicate, own], sampleReplicate.id)).toBe('sample-replicate')
    expect(offeredFirst([sampleReplicate], null)).toBe('sample-replicate')
    expect(offeredFirst([], null)).toBeNull()
  })

  it('is not where the library begins for whoever has an account', () => {
    expect(homeOf([sampleTavus, sampleReplicate])).toBe('replicas')
    expect(homeOf([sampleTavus, sampleReplicate, own])).toBe('models')
  })
})
