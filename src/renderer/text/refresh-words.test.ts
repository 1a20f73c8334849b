import { describe, expect, it } from 'vitest'
import {
  endlessWords,
  restingWords,
  runningText,
  stoppedWords,
  tooLargeWords,
  waitingWords
} from './refresh-words.ts'
import { clockSeconds } from './time-words.ts'

const at = '2026-03-01T14:02:20.000Z'
const nowMs = Date.parse('2026-03-01T14:02:00.000Z')

describe('a refresh', () => {
  it('says with the second until when the provider asks to wait', () => {
    const status = { waitsUntilAt: at, state: 'running', readCount: 1_200 } as const
    const { title, text } = waitingWords('Tavus', status, nowMs)
    expect(title).toBe(`Tavus asks to wait until ${clockSeconds(at)}`)
    expect(title).toContain(':02:20')
    expect(text).toMatch(/continues then; 1,200 items read so far\.$/)
    expect(restingWords('Tavus', at, nowMs)).toEqual({
      title,
      text: expect.stringContaining('didn’t finish')
    })
  })

  it('says that a wait is over', () => {
    const later = Date.parse('2026-03-01T15:00:00.000Z')
    expect(restingWords('Tavus', at, later)).toEqual({
      title: `Tavus asked to wait until ${clockSeconds(at)}`,
      text: expect.stringContaining('You can try again now.')
    })
  })

  it('names the day of a time that is far away', () => {
    const before = Date.parse('2026-02-26T14:00:00.000Z')
    expect(restingWords('Tavus', at, before).title).toContain('March')
  })

  it('says what it took, under way and stopped', () => {
    expect(runningText([], 1)).toBe('Refreshing: 1 item read.')
    expect(runningText(['North', 'South'], 2)).toBe('Refreshing North and South: 2 items read.')
    expect(stoppedWords(0).text).toMatch(/^Nothing was read yet\. Nothing was marked/)
    expect(stoppedWords(2).text).toMatch(/^2 items were read\. Nothing was marked/)
    expect(runningText([], 0)).toBe('Refreshing…')
    expect(endlessWords('Tavus', 5).text).toMatch(/after 5 items, .*Nothing was marked as deleted/)
  })

  it('names what was too large by its place, and by its ID where it has one', () => {
    const row = { list: 'videos', page: 2, position: 131, id: 'v1' } as const
    expect(tooLargeWords('Tavus', [row, { ...row, position: 132, id: null }])?.title).toBe(
      'Too large to read: video v1 (number 131 in the list, page 2); video without a readable ID (number 132 in the list, page 2)'
    )
    const page = { list: 'predictions', page: 3, position: null, id: null } as const
    expect(tooLargeWords('Replicate', [page])).toEqual({
      title: 'Too large to read: page 3 of the predictions',
      text: expect.stringContaining('Replicate does not offer smaller pages')
    })
    expect(tooLargeWords('Tavus', [])).toBeNull()
  })
})
