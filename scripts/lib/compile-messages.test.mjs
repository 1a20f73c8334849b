import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { compileMessage, messageValuesSource, valuesOf } from './compile-messages.mjs'
import { projectRoot, readJson } from './project.mjs'

const folder = join(projectRoot, 'src', 'shared', 'messages')
const english = readJson(join(folder, 'en-US.json'))
const others = readdirSync(folder).filter((name) => /^(?!en-US).*\.json$/.test(name))

const sources = ['src/main', 'src/renderer', 'src/shared'].flatMap((room) =>
  readdirSync(join(projectRoot, room), { recursive: true, withFileTypes: true })
    .filter(({ name }) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return { path, text: readFileSync(path, 'utf8') }
    })
    .filter(({ path }) => !path.endsWith('message-values.ts'))
)

/** Ids that are written out, and the beginnings of those that end in a value. */
const idsIn = (text) => ({
  whole: [...text.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, id]) => id),
  begun: [...text.matchAll(/`([\w-]+(?:\.[\w-]+)*\.(?:[\w-]*))\$\{/g)].map(([, start]) => start)
})

describe('the catalog of messages', () => {
  it('is sorted, and has its types written', () => {
    expect(Object.keys(english)).toEqual(Object.keys(english).sort())
    expect(readFileSync(join(folder, 'message-values.ts'), 'utf8')).toBe(
      messageValuesSource(english)
    )
  })

  it('holds no message that nothing asks for', () => {
    const used = sources.map(({ text }) => idsIn(text))
    const whole = new Set(used.flatMap((ids) => ids.whole))
    const begun = used.flatMap((ids) => ids.begun)
    const unused = Object.keys(english).filter(
      (id) => !whole.has(id) && !begun.some((start) => id.startsWith(start))
    )
    expect(unused).toEqual([])
  })

  it('is asked when something is shown, never while a file loads', () => {
    const early = sources.flatMap(({ path, text }) => {
      if (!text.includes('messages.ts')) return []
      const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
      const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
      const found = []
      const visit = (node) => {
        if (ts.isFunctionLike(node)) return
        if (ts.isCallExpression(node) && node.expression.getText() === 't')
          found.push(node.getText())
        ts.forEachChild(node, visit)
      }
      visit(file)
      return found.map((call) => `${path}: ${call}`)
    })
    expect(early).toEqual([])
  })

  it.each(others)('%s says all of it, with the same values', (name) => {
    const messages = readJson(join(folder, name))
    expect(Object.keys(messages)).toEqual(Object.keys(english))
    const values = (all) =>
      Object.entries(all).map(([id, text]) => [id, ...valuesOf(compileMessage(text)).keys()])
    expect(values(messages)).toEqual(values(english))
  })
})
