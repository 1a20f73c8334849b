import { describe, expect, it } from 'vitest'
import { foundInText, namesModel, shortVersion, usesText } from './model-words.ts'
import { cautionTitle } from './plan-words.ts'

const detailed = (details: Readonly<Record<string, string>>) => ({
  details: Object.entries(details).map(([name, value]) => ({ name, value }))
})

describe('namesModel', () => {
  it.each([
    'studio-north/portrait-lora',
    ' studio-north/portrait-lora\n',
    'https://replicate.com/studio-north/portrait-lora',
    'replicate.com/studio-north/portrait-lora/versions/5c7d',
    'studio-north/portrait-lora:5c7d',
    'r8.im/studio-north/portrait-lora@sha256:5c7d',
    '[portrait-lora](https://replicate.com/studio-north/portrait-lora)'
  ])('takes %j for a model', (text) => {
    expect(namesModel(text)).toBe(true)
  })
  it.each([
    '',
    'portrait-lora',
    'https://example.com/a/film.mp4',
    'https://example.com/replicate.com/a',
    'https://replicate.com/settings/billing',
    'https://replicate.com/deployments/studio-north/live',
    'replicate.com/docs/reference/http',
    'https://replicate.com/studio-north',
    'https://replicate.com/a/b https://replicate.com/c/d',
    'here and/or there'
  ])('leaves %j to others', (text) => {
    expect(namesModel(text)).toBe(false)
  })
})

describe('foundInText', () => {
  it('names every place', () => {
    expect(foundInText(detailed({ found_in: 'trainings, deployments' }))).toBe(
      'Trainings · Deployments'
    )
    expect(foundInText(detailed({ found_in: 'by hand' }))).toBe('Added by hand')
  })
  it('claims nothing where nothing was told', () => {
    expect(foundInText(detailed({}))).toBe('')
  })
})

describe('usesText', () => {
  it('says who uses a version', () => {
    expect(usesText(detailed({ deployed_by: 'a/b', base_of: 't1, t2' }))).toBe(
      'Deployed · Base of 2 trainings'
    )
    expect(usesText(detailed({ is_latest: 'true' }))).toBe('Latest')
    expect(usesText(detailed({}))).toBe('')
  })
})

describe('shortVersion', () => {
  it('shows the beginning of the digits', () => {
    expect(shortVersion('a/b:0123456789abcdef')).toBe('0123456789ab')
  })
})

describe('cautionTitle', () => {
  it('claims nothing where nobody can see', () => {
    expect(cautionTitle({ code: 'others-ran-it', sureness: 'unknown' })).toMatch(/^Can’t tell/)
    expect(cautionTitle({ code: 'others-ran-it', sureness: 'certain' })).toMatch(/^Someone/)
  })
})
