import type { TargetKind } from './kinds.ts'

export interface Target {
  readonly accountId: string
  readonly kind: TargetKind
  readonly id: string
}

/** One text for one thing of one account; no two things share it, as neither accounts nor kinds hold a slash. */
export const targetKey = ({ accountId, kind, id }: Target): string => `${accountId}/${kind}/${id}`
