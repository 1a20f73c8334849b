import type { Result } from '../result.ts'
import type { RequestInput, RequestName, RequestOutput } from './contract.ts'
import type { EventName, EventPayload } from './events.ts'

/** `account:save` becomes `accountSave`. */
export type FunctionName<N extends string> = N extends `${infer Noun}:${infer Verb}`
  ? `${Noun}${Capitalize<Verb>}`
  : never

/** `library:changed` becomes `onLibraryChanged`. */
export type SubscribeName<N extends string> = `on${Capitalize<FunctionName<N>>}`

/** Ends a subscription. */
export type Unsubscribe = () => void

/**
 * The shape of `window.app`: one function for each request, one subscription for each event, nothing generic.
 * Every function resolves to a `Result` and never rejects.
 */
export type Bridge = {
  readonly [N in Exclude<RequestName, 'draft:addVideoFiles'> as FunctionName<N>]: (
    input: RequestInput<N>
  ) => Promise<Result<RequestOutput<N>>>
} & {
  /** Where the files lie is read by the preload alone: the page names none. `files`: `File` objects from the disk. */
  readonly draftAddVideoFiles: (input: {
    readonly files: readonly object[]
    readonly accountId: RequestInput<'draft:addVideoFiles'>['accountId']
  }) => Promise<Result<RequestOutput<'draft:addVideoFiles'>>>
} & {
  readonly [N in EventName as SubscribeName<N>]: (
    listener: (payload: EventPayload<N>) => void
  ) => Unsubscribe
}
