import { describe, expect, it } from 'vitest'
import { type AssetRef, assetRefSchema } from '../../shared/domain/asset.ts'
import type { DeletionMode } from '../../shared/domain/deletion.ts'
import { createConfirmations } from './confirmations.ts'

const ref = (id: string): AssetRef =>
  assetRefSchema.parse({ accountId: 'acc_0123456789abcdef', kind: 'replica', id })
const a = ref('ra')
const b = ref('rb')

const setUp = (refs: readonly AssetRef[], mode: DeletionMode) => {
  const time = { ms: 0, wall: Date.parse('2026-01-01T00:00:00Z') }
  const confirmations = createConfirmations({
    nowAt: () => new Date(time.wall).toISOString(),
    monotonicMs: () => time.ms,
    wait: async () => undefined
  })
  const { token } = confirmations.mint({ refs, mode, fingerprints: new Map() })
  return { time, confirmations, token }
}

describe('a confirmation', () => {
  it('works for what it was minted for, in any order of ids', () => {
    const { confirmations, token } = setUp([a, b], 'permanent')
    expect(confirmations.use(token, [b, a], 'permanent')).not.toBeNull()
  })

  it.each<[string, readonly AssetRef[], DeletionMode]>([
    ['other ids', [b], 'soft'],
    ['more ids', [a, b], 'soft'],
    ['the other mode', [a], 'permanent']
  ])('is refused for %s, and is used up by the try', (_what, refs, mode) => {
    const { confirmations, token } = setUp([a], 'soft')
    expect(confirmations.use(token, refs, mode)).toBeNull()
    expect(confirmations.use(token, [a], 'soft')).toBeNull()
  })

  it('works once', () => {
    const { confirmations, token } = setUp([a], 'soft')
    expect(confirmations.use(token, [a], 'soft')).not.toBeNull()
    expect(confirmations.use(token, [a], 'soft')).toBeNull()
  })

  it.each([
    [60_000, true],
    [60_001, false]
  ])('after %i ms it still works: %s', (ms, works) => {
    const { confirmations, token, time } = setUp([a], 'soft')
    time.ms = ms
    expect(confirmations.use(token, [a], 'soft') !== null).toBe(works)
  })

  it('is neither shortened nor prolonged by a change of the clock', () => {
    const { confirmations, token, time } = setUp([a], 'soft')
    time.wall += 365 * 86_400_000
    expect(confirmations.use(token, [a], 'soft')).not.toBeNull()
  })

  it('cannot be guessed from another', () => {
    const { confirmations } = setUp([a], 'soft')
    const mint = () =>
      confirmations.mint({ refs: [a], mode: 'soft', fingerprints: new Map() }).token
    const tokens = new Set(Array.from({ length: 100 }, mint))
    expect(tokens.size).toBe(100)
    expect([...tokens].every((token) => /^[A-Za-z0-9_-]{43}$/.test(token))).toBe(true)
  })
})
