import type { Settings } from '../../shared/domain/settings.ts'

/** What is known when the window is closed. */
export interface ClosingFacts {
  readonly whenClosed: Settings['whenClosed']
  /** Something that the person waits for will happen on its own. */
  readonly isPromised: boolean
}

/** Whether the app goes on without its window. */
export const staysOpen = ({ whenClosed, isPromised }: ClosingFacts): boolean =>
  whenClosed === 'always' || (whenClosed === 'promised' && isPromised)

/** Whether the app has its icon in the tray: wherever it goes on without its window, or would. */
export const wantsTray = (facts: ClosingFacts & { readonly isHidden: boolean }): boolean =>
  facts.isHidden || staysOpen(facts)
