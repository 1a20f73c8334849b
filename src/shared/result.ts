import type { AppError } from './errors.ts'

/** The answer of anything that can fail in an expected way. Bugs throw instead. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError }

/** Wraps a value as a success. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** Wraps an error as a failure. */
export const fail = (error: AppError): { readonly ok: false; readonly error: AppError } => ({
  ok: false,
  error
})

/** Ends an exhaustive `switch`: the compiler refuses it while a case is missing. */
export const assertNever = (value: never): never => {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
