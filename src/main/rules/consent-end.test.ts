import { describe, expect, test } from 'vitest'
import { consentEndsOn } from './consent-end.ts'

const until = (untilOn: string | null) => ({ consent: { note: '', agreedOn: null, untilOn } })

describe('consentEndsOn', () => {
  test.each([
    ['nothing noted', { consent: null }, [], null],
    ['no end noted', until(null), [{ untilOn: null }], null],
    ['the person’s', until('2026-03-01'), [], '2026-03-01'],
    ['a note’s', { consent: null }, [{ untilOn: '2026-04-01' }], '2026-04-01'],
    [
      'the last of several, in whatever order',
      until('2026-03-01'),
      [{ untilOn: '2027-01-31' }, { untilOn: null }, { untilOn: '2026-12-31' }],
      '2027-01-31'
    ]
  ])('%s', (_what, person, notes, endsOn) => {
    expect(consentEndsOn(person, notes)).toBe(endsOn)
  })
})
