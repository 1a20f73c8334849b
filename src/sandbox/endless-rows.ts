import { createHash } from 'node:crypto'

/** As many characters as a row shall carry; one text for all rows, so that the sandbox stays small. */
let padding = ''
const paddingOf = (bytes: number): string => {
  if (padding.length !== bytes) padding = 'x'.repeat(bytes)
  return padding
}

const hexOf = (seed: string): string => createHash('sha256').update(seed).digest('hex')

/** A row of an endless Tavus list; the same index gives the same row. */
export const endlessTavusRow = (
  list: 'replicas' | 'videos',
  index: number,
  rowBytes: number
): Readonly<Record<string, unknown>> => {
  const hex = hexOf(`endless ${index}`)
  const told = { created_at: '2026-01-02T03:04:05.678Z', data: { script: paddingOf(rowBytes) } }
  return list === 'replicas'
    ? {
        ...told,
        replica_id: `r${hex.slice(0, 11)}`,
        replica_name: `No ${index}`,
        status: 'completed'
      }
    : { ...told, video_id: hex.slice(0, 10), video_name: `No ${index}`, status: 'ready' }
}

/** A row of an endless Replicate list, with what rows of any of them are read for. */
export const endlessReplicateRow = (
  owner: string,
  index: number,
  rowBytes: number
): Readonly<Record<string, unknown>> => {
  const id = hexOf(`endless ${index}`)
  const model = `${owner}/no-${index}`
  return {
    id,
    owner,
    name: `no-${index}`,
    model,
    version: id,
    source: 'api',
    status: 'succeeded',
    created_at: '2026-01-02T03:04:05.678Z',
    current_release: { model, version: id },
    logs: paddingOf(rowBytes)
  }
}
