import { describe, expect, it } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { keyWords, receiptNotSavedNotice, verdictTitle } from './receipt-words.ts'

const textOf = (error: AppError): string => receiptNotSavedNotice(error).text

describe('receiptNotSavedNotice', () => {
  it.each(['locked', 'denied', 'unavailable', 'failed'] as const)(
    'a keychain that is %s: says to try again, and speaks of no new key',
    (state) => {
      const text = textOf({ kind: 'keychain-unavailable', state })
      expect(text).toMatch(/try again/i)
      expect(text).not.toMatch(/new signing key|for this run/i)
    }
  )

  it.each(['absent', 'damaged'] as const)('a key that is %s: speaks of a new one', (how) => {
    const text = textOf({ kind: 'signing-key-lost', how, fingerprint: '8C60 CDFE' })
    expect(text).toMatch(/Create a new signing key/)
    expect(text).not.toMatch(/unlock/i)
  })
})

describe('a verdict', () => {
  const good = { isGood: true, isSample: false, what: 'receipt' } as const

  it('says of sample data that nothing was deleted', () => {
    expect(verdictTitle(good)).toBe('Receipt is valid')
    expect(verdictTitle({ ...good, isSample: true })).toBe('Sample data: nothing was deleted')
    expect(verdictTitle({ ...good, isGood: false })).toBe('Verification failed')
  })

  it('says whose key signed only where a signature was found good', () => {
    expect(keyWords({ isGood: true, whoseKey: 'own' }).owner).toContain('this installation')
    expect(keyWords({ isGood: false, whoseKey: 'own' })).toEqual({
      title: 'Key it names',
      owner: null
    })
  })
})
