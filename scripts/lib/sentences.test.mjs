import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { projectRoot } from './project.mjs'

/** No sentences of the app: a provider's own wording, names of services and fonts, and the app's own name. */
const notOurs = new Set([
  'text/consent-statement.ts',
  'text/link-words.ts',
  'ui/theme.ts',
  'window.ts'
])

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

/** What main puts into a dialog, a menu or a notification, by the names that Electron has for it. */
const shownByMain = /^(?:message|detail|title|label|body|buttons|buttonLabel|checkboxLabel)$/

const isShownByMain = (node) => {
  let holder = node.parent
  while (ts.isArrayLiteralExpression(holder) || ts.isConditionalExpression(holder))
    holder = holder.parent
  return ts.isPropertyAssignment(holder) && shownByMain.test(holder.name.getText())
}

/** What is found in a source as a person would read it, where it is not asked of the catalog. */
const sentencesIn = (name, source, isFound) => {
  const kind = name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, kind)
  const found = []
  const visit = (node) => {
    const text = textOf(node)
    if (text !== null && isFound(node, text)) found.push(`${name}: ${text.replaceAll(value, '…')}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const inWindow = (node, text) => isSentence(node, text) && !isNeverShown(node)
const inMain = (node, text) => /\p{Lu}\p{L}/u.test(text) && isShownByMain(node)

const sourcesOf = (room) =>
  readdirSync(join(projectRoot, room), { recursive: true, withFileTypes: true })
    .filter(({ name }) => /(?<!\.test)\.tsx?$/.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, name: relative(join(projectRoot, room), path).replaceAll('\\', '/') }))
    .filter(({ name }) => !notOurs.has(name) && !name.includes('generated/'))

const sentencesOf = (room, isFound) =>
  sourcesOf(room).flatMap(({ path, name }) =>
    sentencesIn(name, readFileSync(path, 'utf8'), isFound)
  )

describe('the sentences of the window', () => {
  it('are all in the catalog of messages', () => {
    expect(sentencesOf('src/renderer', inWindow)).toEqual([])
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
    expect(sentencesIn('part.tsx', source, inWindow)).toHaveLength(isFound ? 1 : 0)
  })
})

describe('what main shows', () => {
  it('is all in the catalog of messages', () => {
    expect(sentencesOf('src/main', inMain)).toEqual([])
  })

  it.each([
    ["dialog.showMessageBox({ message: 'Quit anyway?' })", true],
    ["dialog.showMessageBox({ buttons: ['Quit', t('common.cancel')] })", true],
    ["const item = { label: isMac ? 'Hide' : t('menu.hide') }", true],
    ["const item = { label: t('menu.hide'), role: 'hide' }", false]
  ])('%s: %s', (source, isFound) => {
    expect(sentencesIn('menu.ts', source, inMain)).toHaveLength(isFound ? 1 : 0)
  })
})

describe('German', () => {
  /** "du" in any of its forms, or the request of a friend: "Prüfe den Link." */
  const familiar =
    /(?<!\p{L})(?:du|dich|dir|dein(?:e[mnrs]?)?)(?!\p{L})|(?:^|[.!?:{]\s?)(?:Entpacke|Erstelle|Kodiere|Kopiere|Lade|Nimm|Öffne|Prüfe|Setze|Spiele|Stelle|Versuche|Wähle|Wandle|Warte)\s/iu

  it('addresses everybody as "Sie"', () => {
    const catalog = join(projectRoot, 'src', 'shared', 'messages', 'de.json')
    const messages = Object.entries(JSON.parse(readFileSync(catalog, 'utf8')))
    expect(messages.filter(([, text]) => familiar.test(text))).toEqual([])
  })

  it.each([
    ['Prüfe den Link.', true],
    ['Das ist ein Archiv. Entpacke es zuerst.', true],
    ['Kopiert von deinem Computer', true],
    ['Prüfen Sie den Link.', false],
    ['Dubletten', false]
  ])('%s: %s', (text, isFamiliar) => {
    expect(familiar.test(text)).toBe(isFamiliar)
  })
})
