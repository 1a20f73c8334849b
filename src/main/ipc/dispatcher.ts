import type { z } from 'zod'
import type { AppError, FieldIssue } from '../../shared/errors.ts'
import {
  type Contract,
  contract,
  type RequestName,
  type RequestOutput
} from '../../shared/ipc/contract.ts'
import { isPlainMessage, mostMessageChars } from '../../shared/ipc/is-plain-message.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Log } from '../ports/log.ts'
import type { Gate } from './deed-gate.ts'

/** What a handler is given: the request's input after its schema. */
export type ParsedInput<N extends RequestName> = z.output<Contract[N]['input']>

/** One function for each request of the contract. */
export type Handlers = {
  readonly [N in RequestName]: (
    input: ParsedInput<N>
  ) => Promise<Result<RequestOutput<N>>> | Result<RequestOutput<N>>
}

/** Answers any message for a request; never throws. */
export type Dispatch = (name: RequestName, message: unknown) => Promise<Result<unknown>>

const toIssues = (error: z.ZodError): FieldIssue[] =>
  error.issues.slice(0, 50).map((issue) => ({
    field: issue.path.map(String).join('.').slice(0, 60),
    code: issue.code,
    said: null
  }))

const refuse = (issues: FieldIssue[]): { ok: false; error: AppError } =>
  fail({ kind: 'invalid-input', issues }) as { ok: false; error: AppError }

/**
 * Puts the contract around the handlers: size, strict input, whether a person pressed something where that is needed,
 * handler, strict output. A throw and an answer that breaks the contract become `bug` with a reference into the log;
 * their text never crosses.
 */
export const createDispatch = (handlers: Handlers, log: Log, gate: Gate): Dispatch => {
  const run = async (name: RequestName, message: unknown): Promise<Result<unknown>> => {
    if (!isPlainMessage(message, mostMessageChars)) {
      return refuse([{ field: '', code: 'too-large', said: null }])
    }
    const input = contract[name].input.safeParse(message)
    if (!input.success) return refuse(toIssues(input.error))
    const handler = handlers[name] as (value: unknown) => Promise<Result<unknown>>
    const given = input.data as ParsedInput<typeof name>
    const answer = await gate(name, given, async () => handler(given))
    return answer.ok ? ok(contract[name].output.parse(answer.value)) : answer
  }
  return async (name, message) => {
    try {
      return await run(name, message)
    } catch (error) {
      return fail({ kind: 'bug', reference: log.bug(error) })
    }
  }
}
