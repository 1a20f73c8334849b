import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'vitest'
import { projectRoot } from './project.mjs'

const filesIn = (folder, end) =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => end.test(name))

const docs = [...filesIn('docs', /\.md$/), 'README.md', 'CONTRIBUTING.md']
const code = /\.(?:tsx?|mjs|cjs)$/
const sources = [
  ...readdirSync(projectRoot).filter((name) => code.test(name)),
  ...['src', 'test', 'e2e', 'scripts', 'resources', 'bench'].flatMap((folder) =>
    filesIn(folder, code)
  )
]
const isTest = (name) => /\.(?:test|spec)\.\w+$/.test(name)

/** Names of source files in a text, each with what is called so: `usecases/accounts.test.ts`, `core.ts`. */
const namedIn = (text) =>
  [...text.matchAll(/`([\w./-]+\.(?:tsx?|mjs|cjs))`/g)].map(([, name]) => ({
    name,
    found: sources.filter((source) => source === name || source.endsWith(`/${name}`))
  }))

test.each(docs)('%s names files that there are, and of tests each one alone', (doc) => {
  const wrong = namedIn(readFileSync(join(projectRoot, doc), 'utf8')).filter(
    ({ name, found }) => found.length === 0 || (isTest(name) && found.length > 1)
  )
  assert.deepEqual(wrong, [])
})

test.each(docs)('%s leads to files that there are', (doc) => {
  const text = readFileSync(join(projectRoot, doc), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link)
  const dead = links.filter((link) => !existsSync(join(projectRoot, dirname(doc), link)))
  assert.deepEqual(dead, [])
})

/** What is no promise that a test could hold. */
const plain = new Set(['Versions'])
const sections = ['docs/security.md', 'docs/receipts.md'].flatMap((doc) =>
  readFileSync(join(projectRoot, doc), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((text) => [doc, text.split('\n', 1)[0], text])
)

test.each(sections.filter(([, title]) => !plain.has(title)))(
  '%s names a test for what it says under “%s”',
  (_doc, _title, text) => {
    assert.ok(namedIn(text).some(({ name }) => isTest(name)))
  }
)
