import { describe, expect, it } from 'vitest'
import css from './tokens.css?raw'

/** The colours that a rule of the sheet gives, by name. */
const coloursIn = (selector: string): Record<string, string> => {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) return {}
  const rule = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...rule.matchAll(/--rd-([\w-]+): (#[\da-f]{3,6});/g)].map(([, name, value]) => [name, value])
  )
}

const dark = ':root[data-mantine-color-scheme="dark"]'
const light = coloursIn(':root')
const themes = { light, dark: { ...light, ...coloursIn(dark) } }

const channels = (hex: string): readonly number[] => {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/g, '$&$&') : hex
  return [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255)
}

/** Source: WCAG 2.2, relative luminance. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const names = [...css.matchAll(/^\[data-account-color="(\w+)"\]/gm)].map(([, name]) => name ?? '')

describe.each(Object.entries(themes))('the %s colours', (theme, colours) => {
  const of = (name: string): string => colours[name] ?? 'missing'
  const layers = ['page', 'surface', 'side', 'field'] as const

  it.each(layers)('outline what can be used on %s with 3:1', (layer) => {
    expect(contrast(of('line-strong'), of(layer))).toBeGreaterThanOrEqual(3)
    expect(contrast(of('accent'), of(layer))).toBeGreaterThanOrEqual(3)
  })

  it.each(layers)('can be read on %s', (layer) => {
    for (const words of ['text', 'dim', 'good', 'warn', 'bad']) {
      expect(contrast(of(words), of(layer)), words).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(of('dim'), of('chip'))).toBeGreaterThanOrEqual(4.5)
  })

  it('show an account on a surface with 3:1', () => {
    expect(names).toHaveLength(8)
    for (const name of names) {
      const selector = `[data-account-color="${name}"]`
      const own = theme === 'dark' ? coloursIn(`${dark} ${selector}`)['account'] : undefined
      const colour = own ?? coloursIn(`\n${selector}`)['account'] ?? 'missing'
      expect(contrast(colour, of('surface')), name).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('dark layers', () => {
  const of = (name: string): string => themes.dark[name] ?? 'missing'

  it('can be told apart', () => {
    expect(contrast(of('surface'), of('page'))).toBeGreaterThan(1.2)
    expect(contrast(of('side'), of('page'))).toBeGreaterThan(1.08)
    expect(contrast(of('line'), of('surface'))).toBeGreaterThan(1.45)
    expect(contrast(of('line'), of('page'))).toBeGreaterThan(1.45)
  })
})
