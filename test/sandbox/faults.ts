import type { Interrupt } from '../../src/sandbox/simulated-server.ts'
import { playEffect } from './fault-effects.ts'

/** Which requests a fault meets. What is not given matches everything. */
interface FaultMatch {
  readonly method?: string
  /** A prefix of the path, or a pattern for it; the query is not part of it. */
  readonly path?: string | RegExp
}

/**
 * One way in which an answer goes wrong. Plain data, so that a table of cases can hold it.
 *
 * Effects that *replace* the answer (`answer`, `gzip-bomb`, `endless`, `silence`, `raw`) leave the state alone unless
 * `processed` is true. Effects that *alter* the true answer always process the request first.
 */
export type FaultEffect =
  /** Any answer at all. A body that is not a string or bytes goes out as JSON. A header may have several values. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string | readonly string[]>>
      readonly processed?: boolean
    }
  /** 3xx to another place. */
  | {
      readonly kind: 'redirect'
      readonly status: 301 | 302 | 303 | 307 | 308
      readonly location: string
    }
  /** Bytes written to the socket as they are, for answers that are not HTTP. */
  | { readonly kind: 'raw'; readonly text: string; readonly processed?: boolean }
  /** The true answer, after a while. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The true answer, a byte or a few of them at a time. */
  | { readonly kind: 'drip'; readonly everyMs: number; readonly bytesEach?: number }
  /** 200 and headers, then nothing; the connection stays open. */
  | { readonly kind: 'silence'; readonly processed?: boolean }
  /** Takes the request and never answers, not even with headers. */
  | { readonly kind: 'hang'; readonly processed?: boolean }
  /**
   * Connection reset: before the request was processed, after it (state changed, answer lost), or in the middle of
   * the true answer's body.
   */
  | { readonly kind: 'reset'; readonly when: 'before-processing' | 'after-processing' | 'mid-body' }
  /** So many `102 Processing` before the true answer. */
  | { readonly kind: 'informational'; readonly count: number }
  /** The true answer, cut in half without a word. */
  | { readonly kind: 'half-body' }
  /** The true answer with a Content-Length that is too large (the rest never comes) or too small. */
  | { readonly kind: 'wrong-length'; readonly declared: 'longer' | 'shorter' }
  /** The true answer in UTF-16, declared as such. */
  | { readonly kind: 'utf-16' }
  /** The true answer with each letter beyond ASCII written as `\\uXXXX`, as many servers do. */
  | { readonly kind: 'escaped' }
  /** The true answer with fields put over its body, for example another id. */
  | { readonly kind: 'overwrite'; readonly fields: Readonly<Record<string, unknown>> }
  /** The true list answer with other rows in it. */
  | { readonly kind: 'rows'; readonly rows: readonly unknown[] }
  /** A small gzip answer that grows to `sizeBytes` of JSON. */
  | { readonly kind: 'gzip-bomb'; readonly sizeBytes: number; readonly processed?: boolean }
  /** JSON without end, in chunks, until the other side hangs up. */
  | { readonly kind: 'endless'; readonly processed?: boolean }

/** A fault: whom it meets, what it does, and how often. */
export interface Fault {
  readonly match?: FaultMatch
  readonly effect: FaultEffect
  /** How many matching requests it meets before it is used up; all of them by default. */
  readonly times?: number
  /** How many matching requests pass untouched first. */
  readonly afterSkipping?: number
}

/** The faults in force. The first one that matches wins. */
export interface FaultList {
  add(fault: Fault): void
  clear(): void
  /** How many requests each fault that is still listed has met, in the order of adding. */
  readonly hits: readonly number[]
}

interface Armed {
  readonly fault: Fault
  seen: number
  hits: number
}

const matches = (match: FaultMatch | undefined, method: string, path: string): boolean => {
  if (match?.method !== undefined && match.method !== method) return false
  if (match?.path === undefined) return true
  return typeof match.path === 'string' ? path.startsWith(match.path) : match.path.test(path)
}

const isOver = ({ fault, hits }: Armed): boolean =>
  hits >= (fault.times ?? Number.POSITIVE_INFINITY)

/** A list of faults, with the hook through which a sandbox asks it. */
export const createFaultList = (): FaultList & {
  readonly interrupt: Interrupt
} => {
  let armed: Armed[] = []
  return {
    add: (fault) => {
      armed.push({ fault, seen: 0, hits: 0 })
    },
    clear: () => {
      armed = []
    },
    get hits() {
      return armed.map(({ hits }) => hits)
    },
    interrupt: (method, path) => {
      for (const candidate of armed) {
        if (isOver(candidate) || !matches(candidate.fault.match, method, path)) continue
        candidate.seen += 1
        if (candidate.seen <= (candidate.fault.afterSkipping ?? 0)) continue
        candidate.hits += 1
        const { effect } = candidate.fault
        return { kind: effect.kind, play: (stage) => playEffect(stage, effect) }
      }
      return null
    }
  }
}
