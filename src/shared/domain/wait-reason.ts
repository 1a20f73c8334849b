import * as z from 'zod'

/**
 * What a waiting batch waits for. `person`: paused by hand. `restart`: it was open when the app ended, so the person
 * decides. `connection`: it continues once its plan was checked again. `key`: the account's key was refused or
 * cannot be read. `pace`: the provider asked to slow down until `waitsUntilAt`. `changed`: the facts are others than in
 * the plan, see `changes`. `storage`: the database cannot be written. `clock`: its time came by a clock that cannot be
 * believed; `changes` says why, and the person decides.
 */
export const waitReasonSchema = z.enum([
  'person',
  'restart',
  'sleep',
  'connection',
  'key',
  'pace',
  'changed',
  'storage',
  'clock'
])
export type WaitReason = z.infer<typeof waitReasonSchema>
