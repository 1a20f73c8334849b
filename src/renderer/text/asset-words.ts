import { keeperName } from '../../shared/catalogue/kinds.ts'
import type { Asset, AssetDeletion } from '../../shared/domain/asset.ts'
import type { TrainingOutlook } from '../../shared/domain/training-outlook.ts'
import { messageOf, t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { visibilityText } from './model-words.ts'
import { timeSince, waitWords } from './time-words.ts'

export type StateTone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

export interface StateWords {
  readonly tone: StateTone
  readonly text: string
}

const state = (tone: StateTone, text: string): StateWords => ({ tone, text })

const underWay = (asset: Asset): StateWords => {
  const progress = asset.progress === null ? null : { progress: Math.round(asset.progress) / 100 }
  if (asset.ref.kind === 'voice') return state('busy', t('assetState.cloning'))
  if (asset.ref.kind !== 'video') {
    return state(
      'busy',
      progress === null ? t('assetState.training') : t('assetState.trainingAt', progress)
    )
  }
  if (asset.statusRaw === 'queued') return state('busy', t('assetState.queued'))
  return state(
    'busy',
    progress === null ? t('assetState.generating') : t('assetState.generatingAt', progress)
  )
}

/** What matters of a model: Replicate deletes only private ones. */
const visibilityWords = (asset: Asset): StateWords =>
  state(asset.statusRaw === 'private' ? 'good' : 'quiet', visibilityText(asset))

/** Whether somebody is still talking; any other word is shown as it came. */
const talkWords = ({ statusRaw }: Asset): StateWords => {
  switch (statusRaw.toLowerCase()) {
    case 'active':
      return state('busy', t('assetState.talking'))
    case 'ended':
      return state('quiet', t('assetState.ended'))
    default:
      return state('quiet', statusRaw === '' ? t('assetState.unknown') : statusRaw)
  }
}

const statusWords = (asset: Asset): StateWords => {
  switch (asset.status) {
    case 'training':
      return underWay(asset)
    case 'preview':
      return state('busy', t('assetState.preview'))
    case 'ready':
      if (asset.ref.kind === 'model') return visibilityWords(asset)
      if (asset.ref.kind === 'conversation') return talkWords(asset)
      return state('good', t('assetState.ready'))
    case 'failed':
      return state(
        'bad',
        asset.ref.kind === 'replica' ? t('assetState.trainingFailed') : t('assetState.failed')
      )
    case 'deleted':
      return state('quiet', t('assetState.deleted'))
    case 'other':
      return state('quiet', asset.statusRaw === '' ? t('assetState.unknown') : asset.statusRaw)
    default:
      return assertNever(asset.status)
  }
}

/** What keeps it from being sent; the list of deletions says more. */
const waitingWords = ({ waitsFor }: Pick<AssetDeletion, 'waitsFor'>): string => {
  switch (waitsFor) {
    case null:
      return t('assetState.waiting.none')
    case 'connection':
    case 'key':
    case 'pace':
    case 'storage':
    case 'person':
      return t(`assetState.waiting.${waitsFor}`)
    case 'restart':
    case 'sleep':
    case 'changed':
    case 'clock':
      return t('assetState.waiting.review')
    default:
      return assertNever(waitsFor)
  }
}

const deletionWords = (deletion: AssetDeletion): StateWords => {
  switch (deletion.state) {
    case 'waiting':
      return state('busy', waitingWords(deletion))
    case 'held':
      return state(
        'busy',
        deletion.mode === 'soft' ? t('assetState.held') : t('assetState.scheduled')
      )
    case 'accepted':
      return state('busy', t('assetState.accepted'))
    case 'overdue':
      return state('warn', t('assetState.overdue'))
    case 'in-flight':
      return state('warn', t('assetState.inFlight'))
    case 'unclear':
      return state(
        'warn',
        deletion.saysDeleted ? t('assetState.saysDeleted') : t('assetState.unclear')
      )
    case 'asked-still-listed':
      return state('warn', t('assetState.stillListed'))
    default:
      return assertNever(deletion.state)
  }
}

/** One state for one asset: a deletion matters more than how the training stands. */
export const assetState = (asset: Asset, isDeleting: boolean): StateWords => {
  if (isDeleting) return state('warn', t('assetState.preparing'))
  if (asset.deletion !== null) return deletionWords(asset.deletion)
  if (asset.presence === 'gone') return state('quiet', t('assetState.gone'))
  return statusWords(asset)
}

const noteworthyStillMs = 15 * 60_000
const normalStillHours = 4

/** How long a training makes no progress, once that is worth a word; null before and for everything that is done. */
export const stillnessText = (
  { ref, status, movedAt }: Pick<Asset, 'ref' | 'status' | 'movedAt'>,
  nowMs: number
): string | null => {
  const stillMs = movedAt === null ? 0 : nowMs - Date.parse(movedAt)
  const isRunning = status === 'training' || status === 'preview'
  if (!isRunning || stillMs < noteworthyStillMs) return null
  const still = { wait: waitWords(stillMs), hours: normalStillHours }
  return stillMs > normalStillHours * 3_600_000
    ? t('asset.stillLong', { ...still, who: keeperName(ref.kind) })
    : t('asset.still', still)
}

/** What Tavus documents where the account's own past says nothing (reference/tavus.md 7). */
const documentedMs = 4 * 3_600_000

/** How long a training still takes, by the account's own past, else by what is documented. */
export const timeLeftText = (
  { startedAt, usualMs, count }: Pick<TrainingOutlook, 'startedAt' | 'usualMs' | 'count'>,
  nowMs: number
): string => {
  const elapsedMs = startedAt === null ? null : nowMs - Date.parse(startedAt)
  if (usualMs === null) {
    const leftMs = elapsedMs === null ? 0 : documentedMs - elapsedMs
    return leftMs > 0
      ? t('detail.leftAtMost', { wait: waitWords(leftMs) })
      : t('detail.trainingTime')
  }
  const usual = { usual: waitWords(usualMs), count }
  if (elapsedMs === null) return t('detail.usually', usual)
  return elapsedMs < usualMs
    ? t('detail.left', { ...usual, wait: waitWords(usualMs - elapsedMs) })
    : t('detail.overUsual', usual)
}

export const originText = (origin: Asset['origin']): string =>
  t(`asset.origin.${origin ?? 'unknown'}`)

/** A name to show, also where the provider gave none. */
export const assetName = (asset: Pick<Asset, 'name'>): string =>
  asset.name.trim() === '' ? t('asset.unnamed') : asset.name

/** What a row or cell is called: name, state and id. */
export const assetLabel = (asset: Asset, isDeleting: boolean): string =>
  t('asset.label', {
    name: assetName(asset),
    state: assetState(asset, isDeleting).text,
    isPinned: asset.isPinned ? 'yes' : 'no',
    id: asset.ref.id
  })

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Up to two letters that stand for a name without a picture; whole characters, emoji included. */
export const initials = (name: string): string => {
  const firsts = name
    .split(/\s+/u)
    .map((part) =>
      part.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]+/u, '')
    )
    .map((part) => [...segmenter.segment(part)][0]?.segment ?? '')
    .filter((letter) => letter !== '')
  const picked = firsts.length > 1 ? [firsts[0], firsts.at(-1)] : firsts
  return picked.join('').toLocaleUpperCase('en')
}

export const askedText = (deletion: AssetDeletion, who: string, nowMs: number): string => {
  const asked = { who, time: timeSince(deletion.askedAt, nowMs) }
  switch (deletion.state) {
    case 'held':
      return deletion.mode === 'soft' ? t('assetDeletion.held') : t('assetDeletion.scheduled')
    case 'waiting':
      return t('assetDeletion.waiting', { state: waitingWords(deletion) })
    case 'in-flight':
      return t('assetDeletion.inFlight', { who })
    case 'accepted':
    case 'overdue':
      return t(`assetDeletion.${deletion.state}`, asked)
    case 'unclear':
      return deletion.saysDeleted
        ? t('assetDeletion.saysDeleted', asked)
        : t('assetDeletion.unclear', asked)
    case 'asked-still-listed':
      return t('assetDeletion.stillListed', asked)
    default:
      return assertNever(deletion.state)
  }
}

export const statusName = (status: string): string => messageOf(`statusName.${status}`) ?? status

/** The provider's names for what else it told, in the person's words. */
export const detailName = (name: string): string =>
  messageOf(`detailName.${name}`) ??
  name.replaceAll('_', ' ').replace(/^./u, (letter) => letter.toUpperCase())
