import { Worker } from 'node:worker_threads'
import { libsqlPath, readOnlyAddress } from './sql.ts'
import type { Standing } from './standing.ts'

/** `standing`: what the copy holds; null if none was asked for. */
export type CheckVerdict =
  | { readonly kind: 'ok'; readonly standing: Standing | null }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'stopped' }

/**
 * Runs in a thread of its own, because the calls are synchronous and take as long as the file is big. It only reads
 * the database; the copy is compared with what the database held before and after. Text is asked for as bytes only: the
 * binding ends the whole process on text that is no UTF-8.
 */
const workerSource = `
  const { isUtf8 } = require('node:buffer')
  const { parentPort, workerData } = require('node:worker_threads')
  process.report.excludeNetwork = true // As in sql.ts: the binding may ask for a report.
  const Libsql = require(workerData.module)
  const all = (database, text, ...values) => database.prepare(text).all(values)
  const arePagesSound = (database) =>
    all(database, "SELECT integrity_check = 'ok' AS isOk FROM pragma_integrity_check(1)")[0].isOk === 1
  const tables = (database) => all(database,
    "SELECT hex(name) AS name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
  ).map(({ name }) => Buffer.from(name, 'hex').toString())
  const areTextsSound = (database, table) => {
    const columns = all(database, 'SELECT hex(name) AS name FROM pragma_table_info(?)', table)
      .map(({ name }) => 'quote("' + Buffer.from(name, 'hex') + '")')
    const rows = database.prepare(
      'SELECT CAST(concat(' + columns.join(', ') + ') AS BLOB) AS bytes FROM ' + table
    ).iterate([])
    let isSound = true
    for (const { bytes } of rows) isSound = isSound && isUtf8(bytes)
    return isSound
  }
  const isSound = (database) => arePagesSound(database) &&
    tables(database).every((table) => areTextsSound(database, table))
  const facts = (database) => all(database,
    'SELECT (SELECT count(*) FROM history WHERE seq > 0) AS events, (SELECT count(*) FROM asset) AS assets'
  )[0]
  const text = (hexed) => Buffer.from(hexed ?? '', 'hex').toString()
  const hashAt = (database, seq) =>
    text(all(database, 'SELECT hex(hash) AS hash FROM history WHERE seq = ?', seq)[0]?.hash)
  const standing = (database, seq) => ({
    generation: Number(text(all(database,
      "SELECT hex(value) AS value FROM meta WHERE key = 'storage.generation'")[0]?.value)),
    seq,
    hash: (hashAt(database, seq) || '0'.repeat(64)).slice(0, 8)
  })
  const copy = (database) => {
    const before = facts(database)
    database.prepare('VACUUM INTO ?').run([workerData.target])
    const made = new Libsql(workerData.target)
    const inside = facts(made)
    for (const statement of workerData.statements) made.exec(statement)
    const isSame = isSound(made) && inside.events >= before.events &&
      inside.events <= facts(database).events &&
      hashAt(made, inside.events) === hashAt(database, inside.events)
    const copied = standing(made, inside.events)
    made.close()
    return isSame ? { kind: 'ok', standing: copied } : { kind: 'failed', code: 'copy-differs' }
  }
  const run = () => {
    const database = new Libsql(workerData.source)
    try {
      if (!isSound(database)) return { kind: 'damaged' }
      return workerData.target === null ? { kind: 'ok', standing: null } : copy(database)
    } catch (error) {
      const code = String(error.code)
      return /CORRUPT|NOTADB/.test(code) ? { kind: 'damaged' } : { kind: 'failed', code }
    } finally {
      database.close()
    }
  }
  parentPort.postMessage(run())
`

/**
 * Looks at every page and every text of the database, then copies it to `target` if one is given. `statements` change the
 * copy before it is looked at; they leave the history alone.
 */
export const checkInBackground = (
  file: string,
  target: string | null,
  signal: AbortSignal,
  statements: readonly string[] = []
): Promise<CheckVerdict> =>
  new Promise((resolve) => {
    const worker = new Worker(workerSource, {
      eval: true,
      workerData: { module: libsqlPath(), source: readOnlyAddress(file), target, statements }
    })
    const stop = (): void => {
      void worker.terminate()
    }
    let verdict: CheckVerdict = { kind: 'stopped' }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: CheckVerdict) => {
      verdict = message
    })
    worker.on('error', (error) => {
      verdict = { kind: 'failed', code: error.name }
    })
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop)
      resolve(verdict)
    })
  })
