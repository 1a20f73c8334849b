import { createHash } from 'node:crypto'

const hexId = (seed: string, length: number): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, length)

/** An id of the shape of real ones, the same for the same seed. */
export const replicaIdFrom = (seed: string): string => `r${hexId(`replica ${seed}`, 11)}`
export const videoIdFrom = (seed: string): string => hexId(`video ${seed}`, 10)
export const voiceIdFrom = (seed: string): string => `v${hexId(`voice ${seed}`, 12)}`
export const personaIdFrom = (seed: string): string => `p${hexId(`persona ${seed}`, 11)}`
export const conversationIdFrom = (seed: string): string => `c${hexId(`conversation ${seed}`, 11)}`
export const pageIdFrom = (seed: string): string => `d${hexId(`page ${seed}`, 16)}`
