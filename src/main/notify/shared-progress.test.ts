import { expect, test } from 'vitest'
import { createSharedProgress } from './shared-progress.ts'

test('two kinds of work show their mean, one its own, none nothing', () => {
  const shown: (number | null)[] = []
  const progressOf = createSharedProgress((share) => shown.push(share))
  const trainings = progressOf('trainings')
  const deletions = progressOf('deletions')
  trainings(0.2)
  deletions(0.8)
  trainings(null)
  deletions(null)
  expect(shown).toEqual([0.2, 0.5, 0.8, null])
})
