import { randomUUID } from 'node:crypto'

/** A fresh id of this app's own: a prefix that tells the kind, and 16 random hex digits. */
export const newId = (
  prefix:
    | 'acc'
    | 'drf'
    | 'op'
    | 'run'
    | 'plan'
    | 'bat'
    | 'per'
    | 'prf'
    | 'rcp'
    | 'key'
    | 'bkt'
    | 'upl'
    | 'cns'
): string => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 16)}`
