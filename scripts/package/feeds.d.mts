import type { KeyObject } from 'node:crypto'

/** The text of a feed: its signature in Base64 (Ed25519) on a line of its own, then what is signed. */
export declare const feedText: (feed: unknown, key: KeyObject) => string
