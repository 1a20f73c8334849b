import { Worker } from 'node:worker_threads'
import { libsqlPath, readOnlyAddress } from './sql.ts'

export type CheckVerdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'stopped' }

/**
 * Runs in a thread of its own, because the calls are synchronous and take as long as the file is big. It only reads
 * the database; the copy is compared with what the database held before and after.
 */
const workerSource = `
  const { parentPort, workerData } = require('node:worker_threads')
  const Libsql = require(workerData.module)
  const isSound = (database) =>
    database.prepare('PRAGMA integrity_check(1)').all()[0].integrity_check === 'ok'
  const facts = (database) => database.prepare(
    'SELECT (SELECT count(*) FROM history) AS events, (SELECT count(*) FROM asset) AS assets'
  ).all()[0]
  const hashAt = (database, seq) =>
    database.prepare('SELECT hash FROM history WHERE seq = ?').all([seq])[0]?.hash
  const copy = (database) => {
    const before = facts(database)
    database.prepare('VACUUM INTO ?').run([workerData.target])
    const made = new Libsql(workerData.target)
    const inside = facts(made)
    const isSame = isSound(made) && inside.events >= before.events &&
      inside.events <= facts(database).events &&
      hashAt(made, inside.events) === hashAt(database, inside.events)
    made.close()
    return isSame ? { kind: 'ok' } : { kind: 'failed', code: 'copy-differs' }
  }
  const run = () => {
    const database = new Libsql(workerData.source)
    try {
      if (!isSound(database)) return { kind: 'damaged' }
      return workerData.target === null ? { kind: 'ok' } : copy(database)
    } catch (error) {
      const code = String(error.code)
      return /CORRUPT|NOTADB/.test(code) ? { kind: 'damaged' } : { kind: 'failed', code }
    } finally {
      database.close()
    }
  }
  parentPort.postMessage(run())
`

/** Looks at every page of the database, then copies it to `target` if one is given. */
export const checkInBackground = (
  file: string,
  target: string | null,
  signal: AbortSignal
): Promise<CheckVerdict> =>
  new Promise((resolve) => {
    const worker = new Worker(workerSource, {
      eval: true,
      workerData: { module: libsqlPath(), source: readOnlyAddress(file), target }
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
