import { assetKinds, isAssetKind, keeperName } from '../../shared/catalogue/kinds.ts'
import type { Asset, TargetRef } from '../../shared/domain/asset.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { currentLocale, t } from '../../shared/messages/messages.ts'
import type { Notice } from '../ports/notifier.ts'

type Ended = Pick<Asset, 'ref' | 'name' | 'status' | 'errorMessage'>

/** More at once would push each other off the screen. */
const mostAtOnce = 3

const isWanted = (asset: Ended, setting: Settings['notifications']): boolean =>
  (setting === 'all' && asset.status === 'ready') ||
  (setting !== 'off' && asset.status === 'failed')

const nameOf = ({ name, ref }: Ended): string => (name.trim() === '' ? ref.id : name)

const failedWords = ({ ref: { kind }, errorMessage: said }: Ended): string =>
  said === null
    ? t('notification.failed', { kind })
    : t('notification.failedSaid', { kind, provider: keeperName(kind), said })

const single = (asset: Ended): Notice => ({
  title: nameOf(asset),
  body:
    asset.status === 'failed'
      ? failedWords(asset)
      : t('notification.ready', { kind: asset.ref.kind }),
  ref: asset.ref
})

const counted = (assets: readonly Ended[], status: 'ready' | 'failed'): readonly string[] =>
  assetKinds.flatMap((kind) => {
    const those = assets.filter((asset) => asset.status === status && asset.ref.kind === kind)
    const count = those.length
    return count === 0 ? [] : t(`notification.${status}Count`, { kind, count })
  })

const together = (assets: readonly Ended[]): Notice => ({
  title: t('notification.together', { count: assets.length }),
  body: new Intl.ListFormat(currentLocale(), { type: 'unit' }).format([
    ...counted(assets, 'ready'),
    ...counted(assets, 'failed')
  ]),
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
  title: t('notification.back', { name: name.trim() === '' ? id : name }),
  body: t('notification.backText'),
  ref: isAssetKind(kind) ? { accountId, kind, id } : null
})

const waitingWords = ({ waitsFor, changes }: Batch): string => {
  if (waitsFor === 'key') return t('notification.waitsForKey')
  return waitsFor === 'clock'
    ? t('notification.waitsForClock')
    : t('notification.waitsForChanges', { count: changes.length })
}

/** A batch of deletions that ended with failures, or that cannot go on without the person. */
export const batchNotice = (batch: Batch): Notice => {
  const { counts, state, title, total } = batch
  const is = state === 'waiting' ? 'waiting' : 'incomplete'
  const left = counts.refused + counts.unclear + counts.canceled
  return {
    title:
      title === ''
        ? t(`notification.${is}Count`, { count: total })
        : t(`notification.${is}Named`, { title }),
    body:
      state === 'waiting' ? waitingWords(batch) : t('notification.incompleteText', { left, total }),
    ref: null
  }
}

/** A scheduled batch that was carried out without the person. */
export const carriedOutNotice = ({ title, names, total }: Batch): Notice => {
  const name = title === '' && total === 1 ? (names[0] ?? '') : title
  return {
    title:
      name === ''
        ? t('notification.carriedOutCount', { count: total })
        : t('notification.carriedOutNamed', { title: name }),
    body: t('notification.carriedOutText', { count: total }),
    ref: null
  }
}
