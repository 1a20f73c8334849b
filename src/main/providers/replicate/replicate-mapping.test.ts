import { describe, expect, it } from 'vitest'
import { readModel } from './replicate-mapping.ts'
import { modelWireSchema } from './replicate-wire.ts'

const detailOf = (link: string): string | null => {
  const wire = modelWireSchema.parse({
    owner: 'priya',
    name: 'face-lora',
    visibility: 'private',
    github_url: link
  })
  const model = readModel(wire, {
    origin: 'own',
    foundIn: new Set<never>(),
    redactText: (text) => text
  })
  return model?.details.find(({ name }) => name === 'github_url')?.value ?? null
}

describe('addresses that a model carries', () => {
  it.each([
    'https://github.com/priya/face-lora',
    'https://arxiv.org/abs/2106.09685',
    'https://example.com/LICENSE.md'
  ])('%s is shown whole', (link) => {
    expect(detailOf(link)).toBe(link)
  })

  it.each([
    ['https://cdn.example.com/t/eyJhbGciOiJIUzI1NiJ9/v.mp4', 'https://cdn.example.com/…/v.mp4'],
    ['https://cdn.example.com/s/AKIAIOSFODNN7EXAMPLE/', 'https://cdn.example.com/…/…'],
    ['https://cdn.example.com/exp=1~hmac=ab/v.mp4', 'https://cdn.example.com/…/v.mp4'],
    ['https://cdn.example.com/s%2Fk3J9x2M4q8W1z7B5/v.mp4', 'https://cdn.example.com/…/v.mp4']
  ])('%s is shown without what may let in', (link, shown) => {
    expect(detailOf(link)).toBe(shown)
  })
})
