import type { RequestName } from '../../shared/ipc/contract.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Presses } from '../security/presses.ts'
import { type Deed, type DeedFacts, type DeedRule, deeds, type Question } from './deeds.ts'
import type { ParsedInput } from './dispatcher.ts'

/** Runs a request, or answers `canceled` in its place. */
export type Gate = <N extends RequestName>(
  name: N,
  input: ParsedInput<N>,
  run: () => Promise<Result<unknown>>
) => Promise<Result<unknown>>

export interface DeedGateOptions {
  readonly presses: Presses
  readonly facts: DeedFacts
  /** Asks in a place that no script of the page can press; false unless the person says yes. */
  readonly askPerson: (question: Question) => Promise<boolean>
  readonly nowMs: () => number
}

/** A box that was canceled comes again no sooner than this; each one in a row doubles it. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000

/**
 * Lets deeds through that follow a press which main itself saw, each press once, and asks the person about all
 * others: a screen reader may activate a button without any press. One question at a time; what asks meanwhile, or
 * again too soon after a no, is refused (docs/adr/0014-deeds.md).
 */
export const createDeedGate = ({ presses, facts, askPerson, nowMs }: DeedGateOptions): Gate => {
  let isAsking = false
  let refusals = 0
  let quietUntilMs = 0

  const ask = async (question: Question): Promise<boolean> => {
    if (isAsking || nowMs() < quietUntilMs) return false
    isAsking = true
    try {
      const isWanted = await askPerson(question)
      refusals = isWanted ? 0 : refusals + 1
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (refusals - 1))
      quietUntilMs = isWanted ? 0 : nowMs() + pauseMs
      return isWanted
    } finally {
      isAsking = false
    }
  }

  const mayRun = async <N extends RequestName>(
    deed: Deed<N>,
    input: ParsedInput<N>
  ): Promise<boolean> => {
    const { purpose, most = 1, oldestMs = 0 } = deed
    if (!presses.spend(purpose, { most, oldestMs })) return ask(deed.ask(input, facts))
    refusals = 0
    quietUntilMs = 0
    return true
  }

  return async (name, input, run) => {
    const rule = deeds[name] as DeedRule<typeof name>
    if (rule === 'free') return run()
    const isDeed = rule !== 'begins' && (rule.isOne?.(input, facts) ?? true)
    if (isDeed && !(await mayRun(rule, input))) return fail({ kind: 'canceled' })
    const end = presses.underWay()
    try {
      return await run()
    } finally {
      end()
    }
  }
}
