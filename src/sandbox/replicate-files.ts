import type { ReplicateOptions } from './replicate-options.ts'
import { isDataRemoved } from './replicate-rows.ts'
import type { ReplicateState } from './replicate-state.ts'

const coverPath = /^\/media\/(\d{1,4})\/cover\/([^/]+\/[^/]+)\/([a-z0-9-]{1,64}\.png)$/
const outputPath = /^\/media\/(\d{1,4})\/output\/([a-z0-9]{1,64})\/([a-z0-9-]{1,64}\.png)$/

const outlives = (goneAtMs: number, options: ReplicateOptions, nowMs: number): boolean =>
  nowMs < goneAtMs + (options.filesOutliveMs ?? 0)

const isCoverAlive = (
  state: ReplicateState,
  id: string,
  options: ReplicateOptions,
  nowMs: number
): boolean => {
  if (state.model(id) !== undefined) return true
  const deletion = state.deletions.find(
    (row) =>
      row.kind === 'model' && row.outcome === 'done' && row.model.toLowerCase() === id.toLowerCase()
  )
  return deletion !== undefined && outlives(deletion.atMs, options, nowMs)
}

const isOutputAlive = (
  state: ReplicateState,
  id: string,
  options: ReplicateOptions,
  nowMs: number
): boolean => {
  const prediction = state.data.predictions.find((row) => row.id === id)
  if (prediction === undefined) return false
  if (isDataRemoved(prediction, nowMs, options.apiRetentionMs)) return false
  const goneAtMs = state.goneAtMs(prediction.version)
  return goneAtMs === null || outlives(goneAtMs, options, nowMs)
}

/** The path of the file behind a link to a cover or an output, or null if the link is dead. */
export const resolveReplicateFile = (
  path: string,
  accounts: readonly ReplicateState[],
  options: ReplicateOptions,
  nowMs: number
): string | null => {
  const cover = coverPath.exec(path)
  const [, account, id, file] = cover ?? outputPath.exec(path) ?? []
  const state = accounts[Number(account)]
  if (state === undefined || id === undefined) return null
  const isAlive = cover === null ? isOutputAlive : isCoverAlive
  return isAlive(state, id, options, nowMs) ? `/media/${file}` : null
}
