import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columns } from './columns.ts'
import { eventTypesOf, historyEventTypes, historyTopics, topicBitsOf } from './history-events.ts'
import { assetKinds, assetKindsOf, kinds, targetKinds } from './kinds.ts'
import { providerIds, providers } from './providers.ts'

const source = join(import.meta.dirname, '..', '..')

/** Where a provider may be called by its name: what is known of it, what speaks to it, and what plays it. */
const mayName = [/^shared\/catalogue\//, /^main\/providers\//, /^sandbox\//, /\.test\.tsx?$/]

const sources = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !mayName.some((pattern) => pattern.test(name)))

describe('the catalogue', () => {
  it('is the one place where a provider is named as a fact', () => {
    const names = [...providerIds, ...providerIds.map((id) => providers[id].name)]
    const literal = new RegExp(`['"\`](?:${names.join('|')})['"\`]`)
    expect(sources.length).toBeGreaterThan(300)
    expect(
      sources.filter((name) => literal.test(readFileSync(join(source, name), 'utf8')))
    ).toEqual([])
  })

  it('is the one place where a thing is named by account, kind and id', () => {
    const key = /\$\{[\w.]*account_?id\}\/\$\{[\w.]*kind\}\/\$\{/i
    expect(key.test(readFileSync(join(import.meta.dirname, 'keys.ts'), 'utf8'))).toBe(true)
    expect(sources.filter((name) => key.test(readFileSync(join(source, name), 'utf8')))).toEqual([])
  })

  it('imports nothing from outside itself, so that every process can hold it', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
    const imports = files.flatMap((name) =>
      [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g)].map(
        ([, from]) => from
      )
    )
    expect(imports.filter((from) => !from?.startsWith('./'))).toEqual([])
  })

  it('has columns for every kind, also for one that nobody laid columns out for', () => {
    for (const { kinds: shownFor } of [columns.id, columns.status, columns.account]) {
      expect(shownFor).toBe(assetKinds)
    }
  })

  it('finds every type of record under a topic, and something under every topic', () => {
    for (const type of historyEventTypes) expect(topicBitsOf(type)).toBeGreaterThan(0)
    for (const topic of historyTopics) expect(eventTypesOf(topic)).not.toEqual([])
    // The search finds a type by its words side by side, which must be those of no other.
    const holders = (type: string) =>
      historyEventTypes.filter((one) => `-${one}-`.includes(`-${type}-`))
    for (const type of historyEventTypes) expect(holders(type)).toEqual([type])
  })

  it('knows a parent, a provider and a place for each kind that can have one', () => {
    for (const kind of targetKinds) {
      const { parent, provider } = kinds[kind]
      expect(parent === null || parent in kinds).toBe(true)
      expect(assetKindsOf(provider).length).toBeGreaterThan(0)
    }
    expect(new Set(assetKinds.map((kind) => kinds[kind].place)).size).toBe(assetKinds.length)
  })
})
