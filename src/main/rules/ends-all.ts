import type { AppError } from '../../shared/errors.ts'

/** After these the next request to the account would only meet the same. */
export const endsAll = (error: AppError): boolean =>
  [
    'offline',
    'sample-not-started',
    'insecure-connection',
    'rate-limited',
    'key-missing',
    'key-rejected',
    'key-changed',
    'account-changed',
    'key-damaged',
    'keychain-unavailable',
    'storage-failed',
    'not-found',
    'canceled'
  ].includes(error.kind)
