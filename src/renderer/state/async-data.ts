import type { AppError } from '../../shared/errors.ts'
import { assertNever, type Result } from '../../shared/result.ts'

/** Data that has to be asked for. What was known stays `ready` while it is asked for again. */
export type AsyncData<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: AppError }

export const idle = { kind: 'idle' } as const
export const loading = { kind: 'loading' } as const

export const fromResult = <T>(result: Result<T>): AsyncData<T> =>
  result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', error: result.error }

/** Keeps what is on the screen: only data that was never there goes to `loading`. */
export const askedAgain = <T>(data: AsyncData<T>): AsyncData<T> => {
  switch (data.kind) {
    case 'ready':
      return data
    case 'idle':
    case 'loading':
    case 'failed':
      return loading
    default:
      return assertNever(data)
  }
}
