import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { projectRoot } from './project.mjs'

const room = join(projectRoot, 'src', 'renderer')

/** Words that are no sentences of the app: a provider's own wording, names of services and fonts. */
const notOurs = new Set(['text/consent-statement.ts', 'text/link-words.ts', 'ui/theme.ts'])

const selecting = /^(?:closest|matches|matchMedia|querySelector|querySelectorAll)$/
/** Selectors and functions of CSS. */
const css = /\[[\w-]+[=\]]|^(?:minmax|repeat)\(/
const forTheBrowser = /^(?:className|controlsList)$/

/** Stands for the value within a text. */
const value = '\u0001'
const twoWords = new RegExp(
  `\\p{L}{2,}\\S*\\s+[${value}\\p{L}]|${value}\\S*\\s+\\S*\\p{L}{2,}`,
  'u'
)

const textOf = (node) => {
  if (ts.isJsxText(node)) return node.text.trim()
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  const spans = node.templateSpans.map(({ literal }) => `${value}${literal.text}`)
  return node.head.text + spans.join('')
}

const isNeverShown = (node) => {
  const { parent } = node
  if (ts.isImportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true
  if (ts.isNewExpression(parent)) return parent.expression.getText().endsWith('Error')
  if (ts.isJsxAttribute(parent)) return forTheBrowser.test(parent.name.getText())
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    selecting.test(parent.expression.name.text)
  )
}

const isSentence = (node, text) =>
  ts.isJsxText(node) ? /\p{L}{2,}/u.test(text) : twoWords.test(text) && !css.test(text)

/** What a person would read in a source, where it is not asked of the catalog. */
const sentencesIn = (name, source) => {
  const kind = name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, kind)
  const found = []
  const visit = (node) => {
    const text = textOf(node)
    if (text !== null && isSentence(node, text) && !isNeverShown(node)) {
      found.push(`${name}: ${text.replaceAll(value, '…')}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const sources = readdirSync(room, { recursive: true, withFileTypes: true })
  .filter(({ name }) => /(?<!\.test)\.tsx?$/.test(name))
  .map(({ parentPath, name }) => join(parentPath, name))
  .map((path) => ({ path, name: relative(room, path).replaceAll('\\', '/') }))
  .filter(({ name }) => !notOurs.has(name))

describe('the sentences of the window', () => {
  it('are all in the catalog of messages', () => {
    const found = sources.flatMap(({ path, name }) => sentencesIn(name, readFileSync(path, 'utf8')))
    expect(found).toEqual([])
  })

  it.each([
    ["const title = 'Nothing was sent'", true],
    ['const title = `Deleting ${name}`', true],
    ['const title = `${count} left`', true],
    ['const part = <p>Nothing</p>', true],
    ['const part = <Button label="Try again" />', true],
    ['const part = <p>{t("common.tryAgain")}</p>', false],
    ['throw new Error(`Nothing is at ${place}`)', false],
    ["const list = root.querySelector('button, input')", false],
    ["const list = 'input, [contenteditable]'", false],
    ['const style = `${classes.dim} ${classes.grow}`', false]
  ])('%s: %s', (source, isFound) => {
    expect(sentencesIn('part.tsx', source)).toHaveLength(isFound ? 1 : 0)
  })
})
