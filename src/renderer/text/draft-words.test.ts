import { describe, expect, it } from 'vitest'
import { linksAgain, standingCount } from './draft-words.ts'

describe('standingCount', () => {
  it.each([
    ['ready', 3, '3 ready'],
    ['needs-you', 1, '1 needs you'],
    ['needs-you', 2, '2 need you'],
    ['created', 1, '1 with Tavus']
  ] as const)('%s, %i: %s', (standing, count, said) => {
    expect(standingCount(standing, count)).toBe(said)
  })
})

describe('linksAgain', () => {
  it('names every link that is wanted', () => {
    expect(linksAgain(['trainVideoUrl'])).toBe('Give the training video link again')
    expect(linksAgain(['trainVideoUrl', 'consentVideoUrl'])).toBe(
      'Give the training video and consent video links again'
    )
  })
})
