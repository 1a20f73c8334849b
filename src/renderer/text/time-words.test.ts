import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** The words of a person with this language; formats are made once and kept, so each gets its own. */
const wordsFor = async (language: string) => {
  vi.stubGlobal('navigator', { language })
  return import('./time-words.ts')
}

const at = new Date(2026, 10, 30, 0, 7, 9).toISOString()

describe('seven minutes past midnight', () => {
  it.each(['en-US', 'en-GB', 'en-IN', 'en-CA', 'de-DE', 'ja-JP'])(
    'is 00:07 for who reads %s',
    async (language) => {
      const { clockTime, exactTime } = await wordsFor(language)
      expect(clockTime(at)).toBe('00:07')
      expect(exactTime(at)).toContain('00:07:09')
    }
  )
})
