import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = import.meta.dirname

/** Who may let a promise go, and why that ends nothing in silence. */
const mayLetGo: Readonly<Record<string, string>> = {
  'usecases/supervisor.ts': 'this is the one way',
  'rules/after.ts': 'ends an attempt after a while; an error of it reaches the process',
  'receipts/print-pdf.ts': 'prepares a session; an error of it reaches the process',
  'storage/sql.ts': 'throws a value away, which is no promise',
  'http/electron-fetch.ts': 'hands a turn on; what it waits for never fails',
  'security/app-protocol.ts': 'answers one file of the window; reading it never fails',
  'secrets/keychain-calls.ts': 'watches one call; an error of it reaches the process',
  'storage/background-check.ts': 'ends a thread, whose end is waited for'
}

/** Who may go on until told to stop. */
const mayRunForEver: Readonly<Record<string, string>> = {
  'usecases/supervisor.ts': 'this is the one way',
  'usecases/outbox/timers.ts': 'a schedule waits for its time, under the supervisor',
  'usecases/outbox/running.ts': 'a batch waits for its connection, under the supervisor',
  'http/net-http-client.ts': 'a few tries of one request',
  'usecases/uploads/retried.ts': 'a few tries of one request'
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|generated/.test(name))
  .map((name) => relative(root, join(root, name)).replaceAll('\\', '/'))

const parse = (name: string, source: string) =>
  ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true)

const eachNode = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node)
  node.forEachChild((child) => eachNode(child, visit))
}

const methodOf = (node: ts.Node): string | null =>
  ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    ? node.expression.name.text
    : null

/** `void work()`, or `work().then(…)` as a statement: nobody hears of its error. One that ends in a catch is heard. */
const letsGo = (node: ts.Node): boolean => {
  if (ts.isVoidExpression(node)) {
    return ts.isCallExpression(node.expression) && methodOf(node.expression) !== 'catch'
  }
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false
  const method = methodOf(node.expression)
  return method === 'finally' || (method === 'then' && node.expression.arguments.length === 1)
}

const waitsInside = (node: ts.Node): boolean => {
  let isWaiting = false
  eachNode(node, (inner) => {
    if (ts.isAwaitExpression(inner) && methodOf(inner.expression) === 'wait') isWaiting = true
  })
  return isWaiting
}

const conditionOf = (node: ts.Node): string | null => {
  if (ts.isForStatement(node)) return node.condition?.getText() ?? 'true'
  return ts.isWhileStatement(node) || ts.isDoStatement(node) ? node.expression.getText() : null
}

/** A loop that waits each time around and has no end of its own. */
const runsForEver = (node: ts.Node): boolean => {
  const condition = conditionOf(node)
  return condition !== null && /true|aborted/.test(condition) && waitsInside(node)
}

/** Only files that could be meant are parsed, as that takes a while. */
const filesWith = (hint: RegExp, isFound: (node: ts.Node) => boolean): readonly string[] =>
  sources.filter((name) => {
    const source = readFileSync(join(root, name), 'utf8')
    if (!hint.test(source)) return false
    let has = false
    eachNode(parse(name, source), (node) => {
      has ||= isFound(node)
    })
    return has
  })

it('no promise is let go but by the supervisor, and where its error is heard', () => {
  expect(filesWith(/void [^\n]*\(|\.(then|finally)\(/, letsGo).toSorted()).toEqual(
    Object.keys(mayLetGo).toSorted()
  )
})

it('nothing runs for ever but under the supervisor', () => {
  expect(filesWith(/\b(while|for) ?\(/, runsForEver).toSorted()).toEqual(
    Object.keys(mayRunForEver).toSorted()
  )
})
