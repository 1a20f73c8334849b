import type { SandboxOptions } from './faulty-sandbox.ts'
import { type Sandbox, startSandbox } from './faulty-sandbox.ts'

/** The moment at which every sandbox of a test begins. */
export const NOW = '2026-03-04T05:06:07.089Z'
export const NOW_MS = Date.parse(NOW)

interface Closable {
  close(): Promise<void>
}

const open: Closable[] = []

/** Remembers what `closeAll` has to close. */
export const closeLater = <T extends Closable>(opened: T): T => {
  open.push(opened)
  return opened
}

/** For `afterEach`. */
export const closeAll = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((opened) => opened.close()))
}

/** A sandbox at `NOW`; `closeAll` ends it. */
export const start = async (options: SandboxOptions = {}): Promise<Sandbox> =>
  closeLater(await startSandbox({ now: () => NOW_MS, ...options }))

interface Asking {
  readonly method?: string
  readonly key?: string | null
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Asks with the sandbox's own key unless told otherwise; the body comes back parsed. */
export const ask = async (sandbox: Sandbox, path: string, asking: Asking = {}) => {
  const key = asking.key === undefined ? sandbox.apiKey : asking.key
  const response = await fetch(`${sandbox.origin}${path}`, {
    method: asking.method ?? 'GET',
    headers: { ...(key === null ? {} : { 'x-api-key': key }), ...asking.headers },
    ...(asking.body === undefined ? {} : { body: JSON.stringify(asking.body) })
  })
  const text = await response.text()
  return { status: response.status, text, body: text === '' ? null : JSON.parse(text) }
}

/** The ids of the replicas on one page. */
export const idsOf = async (sandbox: Sandbox, path: string): Promise<string[]> => {
  const { body } = await ask(sandbox, path)
  return body.data.map((row: { readonly replica_id: string }) => row.replica_id)
}
