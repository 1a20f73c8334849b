import { describe, expect, it } from 'vitest'
import type { DeletionOutcome } from '../../shared/domain/deletion.ts'
import { deletionsNotice } from './notice-words.ts'

const outcome = (
  name: string,
  how: DeletionOutcome['outcome'],
  error: DeletionOutcome['error'] = null
): DeletionOutcome => ({
  ref: { accountId: 'acc_00000001', kind: 'replica', id: name } as DeletionOutcome['ref'],
  name,
  outcome: how,
  error
})

describe('many deletions in one notice', () => {
  it('counts what went well', () => {
    const words = deletionsNotice(
      [outcome('Amara', 'done'), outcome('Kenji', 'done'), outcome('Lucía', 'already-gone')],
      []
    )
    expect(words).toEqual({
      tone: 'good',
      title: 'Asked Tavus to delete 3 replicas',
      text: 'Tavus accepted 2 deletions. 1 was already gone.'
    })
  })

  it('names each that was not deleted, with its reason', () => {
    const stock = outcome('Anna', 'failed', { kind: 'invalid-input', issues: [] })
    const words = deletionsNotice(
      [
        outcome('Amara', 'done'),
        outcome('Kenji', 'failed', { kind: 'provider-refused', status: 400, said: 'In use' }),
        stock
      ],
      [{ ref: stock.ref, name: 'Anna', cautions: [{ code: 'stock-replica', level: 'blocks' }] }]
    )
    expect(words.tone).toBe('bad')
    expect(words.title).toBe('2 replicas were not deleted')
    expect(words.text).toContain('Kenji was not deleted: Tavus: “In use”.')
    expect(words.text).toContain('Anna was not deleted: This is one of Tavus’s own replicas.')
  })

  it('claims nothing where the answer was lost, and stays short', () => {
    const lost = Array.from({ length: 9 }, (_, index) => outcome(`Face ${index}`, 'unclear'))
    const words = deletionsNotice(lost, [])
    expect(words.tone).toBe('warn')
    expect(words.text).toContain('Asked Tavus to delete Face 0. The answer was lost.')
    expect(words.text).toContain('And 3 more')
    expect(words.text).not.toContain('Face 6')
  })
})
