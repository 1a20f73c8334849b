import {
  type AssetKind,
  assetKinds,
  isAssetKind,
  keeperName,
  kinds
} from '../../shared/catalogue/kinds.ts'
import type { Asset, TargetRef } from '../../shared/domain/asset.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Notice } from '../ports/notifier.ts'

type Ended = Pick<Asset, 'ref' | 'name' | 'status' | 'errorMessage'>

/** More at once would push each other off the screen. */
const mostAtOnce = 3

const isWanted = (asset: Ended, setting: Settings['notifications']): boolean =>
  (setting === 'all' && asset.status === 'ready') ||
  (setting !== 'off' && asset.status === 'failed')

const nameOf = ({ name, ref }: Ended): string => (name.trim() === '' ? ref.id : name)

const failedWords = ({ ref, errorMessage }: Ended): string => {
  const what = ref.kind === 'replica' ? 'The training failed' : `The ${kinds[ref.kind].noun} failed`
  return errorMessage === null ? `${what}.` : `${what}. ${keeperName(ref.kind)}: “${errorMessage}”`
}

const single = (asset: Ended): Notice => ({
  title: nameOf(asset),
  body:
    asset.status === 'failed' ? failedWords(asset) : `The ${kinds[asset.ref.kind].noun} is ready.`,
  ref: asset.ref
})

const counted = (assets: readonly Ended[], status: 'ready' | 'failed', kind: AssetKind): string => {
  const count = assets.filter((asset) => asset.status === status && asset.ref.kind === kind).length
  const noun = count === 1 ? kinds[kind].noun : kinds[kind].plural
  return count === 0 ? '' : `${count} ${noun} ${status}`
}

const together = (assets: readonly Ended[]): Notice => ({
  title: `${assets.length} are done`,
  body: (['ready', 'failed'] as const)
    .flatMap((status) => assetKinds.map((kind) => counted(assets, status, kind)))
    .filter((words) => words !== '')
    .join(', '),
  ref: null
})

/** What the desktop is told about assets that ended, by the person's choice. Pure. */
export const noticesFor = (
  ended: readonly Ended[],
  setting: Settings['notifications']
): readonly Notice[] => {
  const wanted = ended.filter((asset) => isWanted(asset, setting))
  return wanted.length > mostAtOnce ? [together(wanted)] : wanted.map(single)
}

/** The mean over all running work; a share that was not told counts as nothing done. Null: nothing runs. */
export const shareDone = (running: readonly Pick<Asset, 'progress'>[]): number | null => {
  if (running.length === 0) return null
  const percent = running.reduce((sum, { progress }) => sum + (progress ?? 0), 0)
  return percent / running.length / 100
}

/** Something that was gone answers again. A conversation or persona is not in the library, so nothing can be shown. */
export const driftNotice = ({ accountId, kind, id }: TargetRef, name: string): Notice => ({
  title: `${name.trim() === '' ? id : name} is there again`,
  body: 'It was deleted and had gone. Look at its history for when.',
  ref: isAssetKind(kind) ? { accountId, kind, id } : null
})

const deletions = (count: number): string => `${count} ${count === 1 ? 'deletion' : 'deletions'}`

const waitingWords = ({ waitsFor, changes }: Batch): string => {
  if (waitsFor === 'key') return 'The key of the account was not accepted or cannot be read.'
  return waitsFor === 'clock'
    ? 'Its time has come, but this computer’s clock cannot be trusted. Nothing was sent.'
    : `${changes.length === 1 ? 'Something' : 'Several things'} changed since you looked.`
}

/** A batch of deletions that ended with failures, or that cannot go on without the person. */
export const batchNotice = (batch: Batch): Notice => {
  const { counts, state, title } = batch
  if (state === 'waiting') {
    return {
      title: `${title || deletions(batch.total)}: waiting`,
      body: waitingWords(batch),
      ref: null
    }
  }
  const left = counts.refused + counts.unclear + counts.canceled
  return {
    title: `${title || deletions(batch.total)}: not everything went`,
    body: `${left} of ${batch.total} did not go, or nobody can tell yet.`,
    ref: null
  }
}
