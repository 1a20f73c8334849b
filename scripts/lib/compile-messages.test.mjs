import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { compileMessage, messageValuesSource, splitIds, valuesOf } from './compile-messages.mjs'
import { usedIds } from './message-uses.mjs'
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

describe('the catalog of messages', () => {
  it('is sorted, and has its types written', () => {
    expect(Object.keys(english)).toEqual(Object.keys(english).sort())
    expect(readFileSync(join(folder, 'message-values.ts'), 'utf8')).toBe(
      messageValuesSource(english)
    )
  })

  it('holds no message that nothing asks for', () => {
    const ids = Object.keys(english)
    const used = new Set(
      usedIds(
        ids,
        sources.map(({ text }) => text)
      )
    )
    const unused = ids.filter((id) => !used.has(id))
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

describe('the catalog of the window', () => {
  it('has in its first part what the first script may say, and in the other what is loaded later', () => {
    const folder = mkdtempSync(join(tmpdir(), 'replica-desk-sources-'))
    const files = {
      'main.tsx': [
        "import type { Main } from './of-main.ts'",
        'import {',
        '  first',
        "} from './first.ts'",
        "const Later = loadedLater(async () => (await import('./later.tsx')).Later)"
      ],
      'first.ts': ["import './parts/both.ts'", "t('first.whole', { count })"],
      'parts/both.ts': ["t(isOpen ? 'both.open' : 'both.closed')", 't(`both.of.${kind}.title`)'],
      'later.tsx': [
        "import { both } from './parts/both.ts'",
        "<Part label={t('later.whole')} />",
        "const Last = preloaded(async () => (await import('./last.tsx')).Last)"
      ],
      'last.tsx': ["const texts = { one: 'last.one', two: 'both.open' }"],
      'of-main.ts': ["t('main.menu')"]
    }
    for (const [name, lines] of Object.entries(files)) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, lines.join('\n'))
    }
    const first = ['both.closed', 'both.of.voice.title', 'both.open', 'first.whole']
    const later = ['last.one', 'later.whole']
    const ids = [...first, ...later, 'main.menu'].sort()
    expect(splitIds(ids, join(folder, 'main.tsx'))).toEqual({ first, later })
    rmSync(folder, { recursive: true })
  })

  it('is whole before any code that is loaded later', () => {
    const waiting =
      /\b(?:loadedLater|preloaded)\(\s*async \(\) =>\s*\(await import\('[^']+'\)\)\.\w+\s*\)/g
    const unwaited = sources
      .filter(({ path }) => path.includes('renderer') && !path.endsWith('language.ts'))
      .filter(({ text }) => /\bawait import\(|\blazy\b/.test(text.replaceAll(waiting, '')))
      .map(({ path }) => path.split(/[\\/]/).at(-1))
    // What the others use.
    expect(unwaited).toEqual(['preloaded.tsx'])
  })
})
