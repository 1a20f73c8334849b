import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTokenLike } from './token-like.ts'

describe('what people call their files is kept', () => {
  it.each([
    'v.mp4',
    'priya-take3.mp4',
    'Priya Raman final cut 2026-11-29.mp4',
    'PriyaRamanFinalCut2026v2.mp4',
    'IMG_20261129_101500.mov',
    'VID-20261129-WA0007.mp4',
    'GX010042.MP4',
    'Screen Recording 2026-11-29 at 10.15.00.mov',
    'interview_with_the_whole_research_group_of_2026.mp4',
    'Überraschungsgäste-Schlussbild.mp4',
    '山田葉子の研修ビデオ第十二回目の収録分最終版.mp4',
    'राम-कुमार-का-प्रशिक्षण-वीडियो-दूसरा-भाग.mp4',
    'LICENSE',
    'stable-diffusion-xl-base',
    '2106.09685'
  ])('%s', (name) => {
    expect(isTokenLike(name)).toBe(false)
  })
})

const drawn = (alphabet: string, shortest: number, longest: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: shortest, maxLength: longest })
    .map((letters) => letters.join(''))

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'

describe('what grants access is not', () => {
  it.each([
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'eyJhbGciOiJIUzI1NiJ9',
    '00000000-0000-1000-8000-000000000000',
    '12345678-1234-1234-1234-123456789012.mp4',
    'AKIAIOSFODNN7EXAMPLE',
    'take_AKIAIOSFODNN7EXAMPLE.mp4',
    'r8_abcdefghijklmnop',
    'ghp_abcdefghijklmnop',
    'hf_abcdefghijklmnop',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301.mp4',
    'd41d8cd98f00b204e9800998ecf8427e',
    'scl-fi-k3j9x2m4q8w1z7b5'
  ])('%s', (token) => {
    expect(isTokenLike(token)).toBe(true)
  })

  it.each([
    ['hex', `${digits}abcdef`, 24],
    ['base 32', `${upper}234567`, 40],
    ['base 36', `${lower}${digits}`, 26],
    ['base 62', `${lower}${upper}${digits}`, 20],
    ['base 64 for addresses', `${lower}${upper}${digits}-_`, 24]
  ] as const)('text drawn as %s', (_what, alphabet, length) => {
    // Drawn text can read like words by chance; one in a hundred is the most that may be kept.
    const sample = fc.sample(drawn(alphabet, length, 64), { numRuns: 2_000, seed: 7 })
    const kept = sample.filter((token) => !isTokenLike(token) && !isTokenLike(`${token}.mp4`))
    expect(kept.length).toBeLessThan(20)
  })
})
