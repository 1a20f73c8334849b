import type { AssetStatus } from '../../shared/catalogue/asset-statuses.ts'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { Asset, AssetDeletion } from '../../shared/domain/asset.ts'
import { assertNever } from '../../shared/result.ts'
import { visibilityText } from './model-words.ts'
import { timeSince, waitWords } from './time-words.ts'

export type StateTone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

export interface StateWords {
  readonly tone: StateTone
  readonly text: string
}

const state = (tone: StateTone, text: string): StateWords => ({ tone, text })

const videoUnderWay = (asset: Asset): StateWords =>
  asset.statusRaw === 'queued'
    ? state('busy', 'Queued')
    : state('busy', asset.progress === null ? 'Generating' : `Generating ${percent(asset)}`)

/** What matters of a model: Replicate deletes only private ones. */
const visibilityWords = (asset: Asset): StateWords =>
  state(asset.statusRaw === 'private' ? 'good' : 'quiet', visibilityText(asset))

const statusWords = (asset: Asset): StateWords => {
  const isVideo = asset.ref.kind === 'video'
  switch (asset.status) {
    case 'training':
      if (isVideo) return videoUnderWay(asset)
      return state('busy', asset.progress === null ? 'Training' : `Training ${percent(asset)}`)
    case 'preview':
      return state('busy', 'Preview, tuning')
    case 'ready':
      if (asset.ref.kind === 'model') return visibilityWords(asset)
      return state('good', 'Ready')
    case 'failed':
      return state('bad', isVideo ? 'Failed' : 'Training failed')
    case 'deleted':
      return state('quiet', 'Deleted')
    case 'other':
      return state('quiet', asset.statusRaw === '' ? 'State not told' : asset.statusRaw)
    default:
      return assertNever(asset.status)
  }
}

/** What keeps it from being sent; the list of deletions says more. */
const waitingWords = ({ waitsFor }: Pick<AssetDeletion, 'waitsFor'>): string => {
  switch (waitsFor) {
    case null:
      return 'In line to be deleted'
    case 'connection':
      return 'Waiting for connection'
    case 'key':
      return 'Waiting for the key'
    case 'pace':
      return 'Waiting: rate limit'
    case 'storage':
      return 'Waiting for the disk'
    case 'person':
      return 'Deletion paused'
    case 'restart':
    case 'sleep':
    case 'changed':
    case 'clock':
      return 'Deletion waits for you'
    default:
      return assertNever(waitsFor)
  }
}

const unclearWords = ({ saysDeleted }: Pick<AssetDeletion, 'saysDeleted'>): string =>
  saysDeleted
    ? 'It says it is deleted; whether for good is not known'
    : 'No usable answer. What happened is not known yet.'

const deletionWords = (deletion: AssetDeletion): StateWords => {
  switch (deletion.state) {
    case 'waiting':
      return state('busy', waitingWords(deletion))
    case 'held':
      return state('busy', deletion.mode === 'soft' ? 'Held' : 'To be deleted')
    case 'accepted':
      return state('busy', 'Being removed')
    case 'overdue':
      return state('warn', 'Accepted, still there')
    case 'in-flight':
      return state('warn', 'Asking; no answer yet')
    case 'unclear':
      return state('warn', unclearWords(deletion))
    case 'asked-still-listed':
      return state('warn', 'Asked, still listed')
    default:
      return assertNever(deletion.state)
  }
}

/** One state for one asset: a deletion matters more than how the training stands. */
export const assetState = (asset: Asset, isDeleting: boolean): StateWords => {
  if (isDeleting) return state('warn', 'Preparing…')
  if (asset.deletion !== null) return deletionWords(asset.deletion)
  if (asset.presence === 'gone') return state('quiet', 'Gone from the list')
  return statusWords(asset)
}

export const percent = (asset: Pick<Asset, 'progress'>): string =>
  asset.progress === null ? '' : `${Math.round(asset.progress)} %`

const noteworthyStillMs = 15 * 60_000
const normalStillHours = 4

/** How long a training stands still, once that is worth a word; null before and for everything that is done. */
export const stillnessText = (
  { status, movedAt }: Pick<Asset, 'status' | 'movedAt'>,
  nowMs: number
): string | null => {
  const stillMs = movedAt === null ? 0 : nowMs - Date.parse(movedAt)
  const isRunning = status === 'training' || status === 'preview'
  if (!isRunning || stillMs < noteworthyStillMs) return null
  const still = `Has not moved for ${waitWords(stillMs)}`
  return stillMs > normalStillHours * 3_600_000
    ? `${still}, longer than the usual ${normalStillHours} hours. Tavus’s portal may tell more.`
    : `${still}; that is normal up to ${normalStillHours} hours.`
}

export const originText = (origin: Asset['origin']): string => {
  switch (origin) {
    case 'own':
      return 'Mine'
    case 'stock':
      return 'Stock'
    case null:
      return 'Not told'
    default:
      return assertNever(origin)
  }
}

/** A name to show, also where the provider gave none. */
export const assetName = (asset: Pick<Asset, 'name'>): string =>
  asset.name.trim() === '' ? 'Without a name' : asset.name

/** What a row or cell is called: name, state and id. */
export const assetLabel = (asset: Asset, isDeleting: boolean): string =>
  [
    assetName(asset),
    assetState(asset, isDeleting).text,
    ...(asset.isPinned ? ['pinned'] : []),
    asset.ref.id
  ].join(', ')

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

export interface FailureWords {
  readonly meaning: string
  readonly nextStep: string
}

/** Tavus's training errors, told apart by words of their sentence. Source: reference on training error types. */
const failures: readonly (readonly [RegExp, FailureWords])[] = [
  [
    /download/i,
    {
      meaning: 'Tavus could not fetch the video from its link.',
      nextStep: 'Make a direct link that lasts at least 24 hours and create it again.'
    }
  ],
  [
    /consent/i,
    {
      meaning: 'The consent statement was missing or worded differently.',
      nextStep: 'Record the statement word for word and create it again.'
    }
  ],
  [
    /(larger|size|750)/i,
    {
      meaning: 'The video is larger than Tavus takes.',
      nextStep: 'Keep it under 750 MB and create it again.'
    }
  ],
  [
    /(codec|h\.?264|format|\.mp4)/i,
    {
      meaning: 'The kind of file is not what Tavus takes.',
      nextStep: 'Export it as MP4 with H.264 and AAC, then create it again.'
    }
  ],
  [
    /(fps|frame rate)/i,
    {
      meaning: 'The video has too few pictures a second.',
      nextStep: 'Record at 25 or more and create it again.'
    }
  ],
  [
    /(duration|too short|minute)/i,
    {
      meaning: 'The video is too short.',
      nextStep: 'Record at least one minute in one take and create it again.'
    }
  ],
  [
    /(light)/i,
    {
      meaning: 'The light was poor or changed.',
      nextStep: 'Record in steady, even light and create it again.'
    }
  ],
  [
    /(noise|audio)/i,
    {
      meaning: 'The sound could not be used.',
      nextStep: 'Record in a quiet room, use a plain name, and create it again.'
    }
  ],
  [
    /(face|person|hand|teeth|obstruct|distance|angle|movement|moving)/i,
    {
      meaning: 'The face could not be seen well enough all the time.',
      nextStep: 'One person, face free, camera still, then create it again.'
    }
  ],
  [
    /(edit|cut)/i,
    {
      meaning: 'The video seems to have cuts.',
      nextStep: 'Record one continuous take and create it again.'
    }
  ],
  [
    /(guideline|moderation)/i,
    {
      meaning: 'Tavus’s rules did not allow it.',
      nextStep: 'Read Tavus’s rules, or ask Tavus about this replica.'
    }
  ]
]

/** Why a video was not made. Source: reference on video error types. */
const videoFailures: readonly (readonly [RegExp, FailureWords])[] = [
  [
    /(guideline|moderation|policy)/i,
    {
      meaning: 'Tavus’s rules did not allow the script.',
      nextStep: 'Change the script and make the video again at Tavus.'
    }
  ],
  [
    /(replica|face).*(error|fail|not (ready|usable))/i,
    {
      meaning: 'The replica it was to be made with cannot be used.',
      nextStep: 'Look at that replica first.'
    }
  ],
  [
    /download/i,
    {
      meaning: 'Tavus could not fetch the sound or the background from its link.',
      nextStep: 'Make a direct link that lasts at least 24 hours and make the video again.'
    }
  ],
  [
    /audio|sound|\.wav|\.mp3/i,
    {
      meaning: 'The sound file was not what Tavus takes.',
      nextStep: 'Check its kind, size and length against Tavus’s guide, then make the video again.'
    }
  ]
]

const videoFailureWords = (message: string | null): FailureWords =>
  videoFailures.find(([pattern]) => message !== null && pattern.test(message))?.[1] ?? {
    meaning: 'The video was not made.',
    nextStep: 'Make it again at Tavus; if it fails again, ask Tavus with the id.'
  }

/** Our explanation beside Tavus's own sentence. */
export const failureWords = (message: string | null, kind: AssetKind = 'replica'): FailureWords =>
  kind === 'video' ? videoFailureWords(message) : trainingFailureWords(message)

const trainingFailureWords = (message: string | null): FailureWords =>
  failures.find(([pattern]) => message !== null && pattern.test(message))?.[1] ?? {
    meaning: 'The training did not succeed.',
    nextStep: 'Look at the video against Tavus’s guide, then create it again.'
  }

/** Heading of the failure box: it quotes, or says that there is nothing to quote. */
export const failureQuote = (message: string | null): string =>
  message === null || message === '' ? 'Tavus gave no reason.' : `Tavus: “${message}”`

export const askedText = (deletion: AssetDeletion, who: string, nowMs: number): string => {
  const asked = `Asked ${who} to delete it ${timeSince(deletion.askedAt, nowMs)}.`
  switch (deletion.state) {
    case 'held':
      return deletion.mode === 'soft'
        ? 'Held. Nothing was sent; Undo takes it back.'
        : 'It is to be deleted permanently. Nothing was sent yet.'
    case 'waiting':
      return `${waitingWords(deletion)}. Nothing of it is on its way.`
    case 'in-flight':
      return `Asking ${who} to delete it. No answer yet.`
    case 'accepted':
      return `${asked} Accepted; removal takes a few minutes.`
    case 'overdue':
      return `${asked} Accepted, but it was still there after 15 minutes. It can be deleted again.`
    case 'unclear':
      return `${asked} ${unclearWords(deletion)}`
    case 'asked-still-listed':
      return `${asked} It is still listed.`
    default:
      return assertNever(deletion.state)
  }
}

const statusNames: Readonly<Record<AssetStatus, string>> = {
  training: 'training',
  preview: 'preview, tuning',
  ready: 'ready',
  failed: 'failed',
  deleted: 'deleted',
  other: 'another state'
}

export const statusName = (status: string): string =>
  (statusNames as Readonly<Record<string, string>>)[status] ?? status

/** The provider's names for what else it told, in the person's words. */
const detailNames: Readonly<Record<string, string>> = {
  script: 'Script',
  audio_url: 'Sound from',
  start_with_wave: 'Starts with a wave',
  background_url: 'Background page',
  background_source_url: 'Background video',
  status_details: 'Tavus says',
  default_voice_id: 'Voice',
  finetune_status: 'Tuning'
}

export const detailName = (name: string): string =>
  detailNames[name] ?? name.replaceAll('_', ' ').replace(/^./u, (letter) => letter.toUpperCase())
