import * as z from 'zod'
import { accountColors } from '../catalogue/account-colors.ts'
import { providerIds } from '../catalogue/providers.ts'

export const providerIdSchema = z.enum(providerIds)

/** Id of an account, made by this app and never reused. */
export const accountIdSchema = z
  .string()
  .regex(/^acc_[a-z0-9]{8,32}$/)
  .brand<'AccountId'>()
export type AccountId = z.infer<typeof accountIdSchema>

export const accountColorSchema = z.enum(accountColors)

/**
 * What is known of an account's key without showing it.
 *
 * - `saved`: in the operating system's keychain. `this-run`: in memory only, gone at quit.
 * - `absent`: never saved or forgotten. `missing`: saved, and deleted from the keychain by something else. `locked`, `denied`, `unavailable`, `failed`: the keychain's last answer.
 */
export const keyStatusSchema = z.strictObject({
  state: z.enum([
    'saved',
    'this-run',
    'absent',
    'locked',
    'denied',
    'unavailable',
    'failed',
    'missing'
  ]),
  last4: z.string().max(4).nullable(),
  setAt: z.iso.datetime().nullable()
})
export type KeyStatus = z.infer<typeof keyStatusSchema>

/** The answer of the cheapest call made with the key, and when it was made. */
export const keyCheckSchema = z.strictObject({
  outcome: z.enum(['works', 'rejected', 'unreachable', 'unclear', 'not-checked']),
  checkedAt: z.iso.datetime().nullable()
})
export type KeyCheck = z.infer<typeof keyCheckSchema>

export const accountNameSchema = z.string().trim().min(1).max(80)

/** An account as the window sees it. Carries no key. Times ISO 8601 UTC. */
export const accountSchema = z.strictObject({
  id: accountIdSchema,
  provider: providerIdSchema,
  name: accountNameSchema,
  color: accountColorSchema,
  /** Origin, without a trailing slash; https, or http on loopback. */
  apiAddress: z.string().max(300),
  isReadOnly: z.boolean(),
  /** True for the account that explores sample data on this computer. */
  isSample: z.boolean(),
  createdAt: z.iso.datetime(),
  key: keyStatusSchema,
  keyCheck: keyCheckSchema
})
export type Account = z.infer<typeof accountSchema>

/** What the account form sends. Without `apiKey` the stored key stays. */
export const accountInputSchema = z.strictObject({
  id: accountIdSchema.nullable(),
  provider: providerIdSchema,
  name: z.string().max(200),
  color: accountColorSchema,
  apiAddress: z.string().max(2000),
  isReadOnly: z.boolean(),
  apiKey: z.string().max(200_000).nullable(),
  /** `this-run` keeps the key in memory only; offered when no keychain is there. */
  keyStorage: z.enum(['keychain', 'this-run'])
})
export type AccountInput = z.infer<typeof accountInputSchema>
