import { expect, it } from 'vitest'
import { inTheWay, withoutText } from './filter-words.ts'

it('names every filter that is in the way', () => {
  expect(
    inTheWay([
      { by: 'state', text: 'Failed' },
      { by: 'model', text: 'phoenix-3' },
      { by: 'age', text: 'Today' },
      { by: 'search', text: 'amara' }
    ])
  ).toBe('Nothing matches status “Failed”, model phoenix-3, created “Today”, and “amara”.')
  expect(withoutText({ by: 'account', text: 'North' })).toBe('Remove account “North”')
})
