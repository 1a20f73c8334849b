import { expect, it } from 'vitest'
import { linksAgain } from './draft-words.ts'

it('names every link that is wanted', () => {
  expect(linksAgain(['trainVideoUrl'])).toBe('Paste the training video link again')
  expect(linksAgain(['trainVideoUrl', 'consentVideoUrl'])).toBe(
    'Paste these links again: training video and consent video'
  )
})
