import type { Witness } from './receipt-shape.ts'

/** One thing that was found. `code` is for programs, `text` is a whole English sentence. */
export interface Finding {
  readonly code: string
  readonly text: string
}

export interface Verdict {
  readonly fileName: string
  readonly what: 'receipt' | 'history' | 'unknown'
  readonly isGood: boolean
  readonly findings: readonly Finding[]
  /** It speaks of sample accounts alone. */
  readonly isSample: boolean
  readonly keyFingerprint: string | null
  readonly isOwnKey: boolean | null
}

export interface Options {
  /** The fingerprint that is expected. */
  readonly key?: string | null
  /** This installation's public key. */
  readonly ownKey?: string | null
  /** A receipt that was found good, to hold an exported history or another receipt against. */
  readonly against?: Witness | null
}

/** The place of a record in the chain. */
export interface Head {
  readonly seq: number
  readonly hash: string
}

/** More findings than these tell nothing new. */
export const mostFindings = 50
