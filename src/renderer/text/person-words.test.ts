import { describe, expect, it } from 'vitest'
import { personIdSchema } from '../../shared/domain/person.ts'
import { consentText, personDueNotice, retentionText, tiedText } from './person-words.ts'

const nowMs = new Date(2026, 10, 21, 12).getTime()
const consent = (agreedOn: string | null, untilOn: string | null) => ({
  note: '',
  agreedOn,
  untilOn
})

describe('consentText', () => {
  it.each([
    ['nothing noted', null, 'quiet', /^No consent noted$/],
    ['no days', consent(null, null), 'good', /^Agreed, no end date$/],
    ['no end', consent('2026-03-01', null), 'good', /^Agreed on (1 Mar|Mar 1,) 2026, no end date$/],
    [
      'far end',
      consent('2026-03-01', '2027-03-01'),
      'good',
      /^Agreed on .+ 2026, until (1 Mar|Mar 1,) 2027$/
    ],
    [
      'near end',
      consent(null, '2026-11-30'),
      'warn',
      /^Expires on (30 Nov|Nov 30,) 2026, in 10 days$/
    ],
    ['last day', consent(null, '2026-11-21'), 'warn', /^Expires on .+, in 1 day$/],
    ['past end', consent(null, '2026-11-20'), 'bad', /^Expired on (20 Nov|Nov 20,) 2026$/]
  ])('%s', (_name, given, tone, text) => {
    const told = consentText(given, nowMs)
    expect(told.tone).toBe(tone)
    expect(told.text).toMatch(text)
  })
})

describe('tiedText', () => {
  it.each([
    [[], 'No assets'],
    [['replica'], '1 replica'],
    [['video', 'replica', 'video'], '1 replica, 2 videos'],
    [['model', 'version', 'version'], '1 model, 2 versions']
  ] as const)('%j', (kinds, text) => {
    expect(tiedText(kinds)).toBe(text)
  })
})

describe('a retention date', () => {
  const day = '2026-11-20'
  const lastMs = new Date(2026, 10, 20, 23, 59).getTime()

  it('holds through its last day', () => {
    expect(retentionText(day, lastMs)).toMatchObject({ tone: 'quiet' })
    expect(retentionText(day, lastMs + 60_000)).toMatchObject({ tone: 'bad' })
  })

  it('is told apart from the end of a consent', () => {
    const due = { personId: personIdSchema.parse('per_aaaaaaaa'), name: 'Amara Osei', endsOn: day }
    const titles = (['consent', 'retention'] as const).map(
      (why) => personDueNotice({ ...due, why }).title
    )
    expect(titles).toEqual([
      'The consent of Amara Osei has ended',
      'The retention date of Amara Osei has passed'
    ])
  })
})
