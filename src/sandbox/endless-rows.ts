import { createHash } from 'node:crypto'
import type { ReplicateList, ReplicateOptions } from './replicate-options.ts'
import type { SandboxOptions } from './sandbox-options.ts'

/** A list that never ends, whatever page of it is asked for. */
export interface EndlessList<List extends string> {
  readonly list: List
  /** `fresh`: each page has ids that none before had. `same`: each page has those of the first. */
  readonly rows: 'fresh' | 'same'
  /** Characters that each row carries beside what rows usually have; none by default. */
  readonly rowBytes?: number
  /** Asked each time; while it answers false, the list is the usual one. */
  readonly isOn?: () => boolean
}

const ENDLESS_COUNT = 10_000_000

/** As many characters as a row shall carry; one text for all rows, so that the sandbox stays small. */
let padding = ''
const paddingOf = (bytes: number): string => {
  if (padding.length !== bytes) padding = 'x'.repeat(bytes)
  return padding
}

const hexOf = (seed: string): string => createHash('sha256').update(seed).digest('hex')

/** The same index gives the same row. */
const endlessTavusRow = (
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

/** With what rows of any list are read for. */
const endlessReplicateRow = (
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

const rowsFrom = <Row>(
  from: number,
  count: number,
  toRow: (index: number) => Row
): readonly Row[] => Array.from({ length: count }, (_, index) => toRow(from + index))

/** Makes a list of Tavus's endless. */
export const endlessTavus = ({
  list,
  rows,
  rowBytes = 0,
  isOn = () => true
}: EndlessList<'replicas' | 'videos'>): Required<Pick<SandboxOptions, 'rowsInstead'>> => ({
  rowsInstead: ({ list: asked, skip, limit }) => {
    if (asked !== list || !isOn()) return null
    const toRow = (index: number) => endlessTavusRow(list, index, rowBytes)
    return { rows: rowsFrom(rows === 'fresh' ? skip : 0, limit, toRow), totalCount: ENDLESS_COUNT }
  }
})

/** Makes a list of Replicate's endless; the cursor is the number of its page. */
export const endlessReplicate = ({
  list,
  rows,
  rowBytes = 0,
  isOn = () => true
}: EndlessList<ReplicateList>): Required<Pick<ReplicateOptions, 'pageInstead'>> => ({
  pageInstead: ({ list: asked, owner, size, cursor }) => {
    if (asked !== list || !isOn()) return null
    const page = Number(cursor ?? 0)
    const toRow = (index: number) => endlessReplicateRow(owner, index, rowBytes)
    const results = rowsFrom(rows === 'fresh' ? page * size : 0, size, toRow)
    return { results, next: String(page + 1) }
  }
})
