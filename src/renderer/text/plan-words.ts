import { isTargetKind, kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'
import type {
  CautionCode,
  DeletionCaution,
  DeletionEffect,
  Evidence
} from '../../shared/domain/deletion.ts'
import type { LocalMedia, PlanSubject, Survivor, UnknownCode } from '../../shared/domain/plan.ts'
import { assertNever } from '../../shared/result.ts'
import { capital } from './capital.ts'
import { countOfKind, partOf } from './kind-words.ts'
import { countOf, number } from './time-words.ts'

export interface EffectWords {
  readonly what: string
  readonly more: string
}

const effect = (what: string, more: string): EffectWords => ({ what, more })

/** What goes. */
export const goesText = (code: DeletionEffect): EffectWords => {
  switch (code) {
    case 'replica':
      return effect('The replica', 'It can no longer be used in videos or conversations.')
    case 'training-footage':
      return effect('Its training footage', 'As Tavus keeps it. Your own file stays with you.')
    case 'training-footage-perhaps':
      return effect('Perhaps its training footage', 'Tavus does not say.')
    case 'video':
      return effect('The video', 'File and page.')
    case 'video-thumbnails':
      return effect('Its thumbnails', 'Still and moving.')
    case 'conversation':
      return effect('The conversation', 'With its recording and what was said.')
    case 'conversations':
      return effect('Its conversations', 'With their recordings.')
    case 'videos-made-with-it':
      return effect('Videos made with it', 'Files and thumbnails.')
    case 'persona':
      return effect('The persona', 'Its prompt and settings.')
    case 'personas-using-it':
      return effect('Personas that use it', '')
    case 'provider-backups':
      return effect('Backups at Tavus', '')
    case 'model':
      return effect('The model', 'Its page, description and name.')
    case 'model-page':
      return effect('Its page on replicate.com', '')
    case 'version':
      return effect('The version', 'It can no longer be run.')
    case 'predictions-and-files':
      return effect('Its predictions and their files', 'Also those made on the website.')
    case 'trainings':
      return effect('The record of its trainings', '')
    case 'weights-perhaps':
      return effect('Perhaps its weights', 'Replicate does not say.')
    default:
      return assertNever(code)
  }
}

/** What stays. */
export const staysText = (code: DeletionEffect): EffectWords => {
  switch (code) {
    case 'replica':
      return effect('The replica itself', '')
    case 'training-footage':
      return effect('Its training footage', 'Only a permanent deletion takes it along.')
    case 'training-footage-perhaps':
      return effect('Perhaps its training footage', 'Tavus does not say.')
    case 'video':
      return effect('The video', '')
    case 'video-thumbnails':
      return effect('Its thumbnails', '')
    case 'conversation':
      return effect('The conversation', '')
    case 'conversations':
      return effect('Conversations held with it', 'Erase the likeness to take them along.')
    case 'videos-made-with-it':
      return effect('Videos made with it', 'Erase the likeness to take them along.')
    case 'persona':
      return effect('The persona', '')
    case 'personas-using-it':
      return effect('Personas that use this face', 'They may stop working until they get another.')
    case 'provider-backups':
      return effect('Whatever the provider keeps in backups', 'Not known.')
    case 'model':
      return effect('The model itself', '')
    case 'model-page':
      return effect('The model’s page', 'The name stays taken.')
    case 'version':
      return effect('The version', '')
    case 'predictions-and-files':
      return effect('Predictions and their files', '')
    case 'trainings':
      return effect('Its trainings', 'Replicate offers no way to delete them.')
    case 'weights-perhaps':
      return effect('Perhaps its weights', 'Replicate does not say.')
    default:
      return assertNever(code)
  }
}

/** Why it is held back, or what to think of first. */
export const cautionText = (code: CautionCode): string => {
  switch (code) {
    case 'stock-replica':
      return 'This is one of Tavus’s own replicas. Only Tavus can delete it.'
    case 'read-only-account':
      return 'The account is read-only. Turn that off in the account first.'
    case 'pinned':
      return 'It is pinned. Unpin it first if it may go.'
    case 'training-running':
      return 'It is still in the making. What was paid for it may be lost.'
    case 'failed-recently':
      return 'Its training failed recently. Deleting it now can cost the refund; a day later is safer.'
    case 'still-unclear':
      return 'The answer to the last deletion was lost and is being looked up. Wait for that first.'
    case 'already-asked':
      return 'Its deletion was asked for already.'
    case 'not-gone-yet':
      return 'Its deletion was accepted, but it was still there after 15 minutes. It can be requested again.'
    case 'active-conversation':
      return 'It is in a conversation right now. End that first, or wait for it.'
    case 'not-owner':
      return 'It belongs to somebody else. Only its owner can delete it.'
    case 'not-private':
      return 'Replicate deletes only what is private. Make the model private on its settings page first.'
    case 'versions-left':
      return 'Versions of the model are left. They have to go first.'
    case 'others-ran-it':
      return 'Somebody else has run it. Replicate then keeps it.'
    case 'base-of-training':
      return 'Trainings build on it. Replicate then keeps it.'
    case 'deployed':
      return 'A deployment uses it. Change or delete the deployment first.'
    case 'overridden':
      return 'Another version is set to use it. Replicate then keeps it.'
    case 'name-stays-taken':
      return 'The name may stay taken: a new model of this name may not be possible.'
    default:
      return assertNever(code)
  }
}

/** The same where nobody outside can see whether it is so. */
const uncheckedTexts: Readonly<Partial<Record<CautionCode, string>>> = {
  'not-owner': 'Whether it is yours could not be checked. Only its owner can delete it.',
  'not-private':
    'Whether it is private could not be checked. Replicate deletes only what is private.',
  'versions-left':
    'The versions could not be listed completely. A model is deleted only when it has none left.',
  'others-ran-it': 'Whether somebody else has run it cannot be seen. If so, Replicate keeps it.',
  'base-of-training': 'The trainings could not be read completely, so it may be the base of one.',
  deployed: 'The deployments could not be read completely, so one of them may use it.',
  overridden: 'Whether another version is set to use it cannot be seen. If so, Replicate keeps it.'
}

/** A caution, claiming no more than is known of it. */
export const cautionTitle = ({
  code,
  sureness
}: Pick<DeletionCaution, 'code' | 'sureness'>): string =>
  (sureness === 'unknown' ? uncheckedTexts[code] : undefined) ?? cautionText(code)

/** How much is known of a caution, in a word or two. */
export const surenessText = (sureness: DeletionCaution['sureness']): string => {
  switch (sureness) {
    case 'certain':
      return 'Certain'
    case 'likely':
      return 'Likely'
    case 'unknown':
      return 'Cannot be checked'
    default:
      return assertNever(sureness)
  }
}

const otherNouns: Readonly<Record<Exclude<Evidence['kind'], TargetKind>, string>> = {
  deployment: 'deployment',
  training: 'training',
  prediction: 'prediction',
  account: 'account',
  person: 'person'
}

const evidenceNoun = (kind: Evidence['kind']): string =>
  isTargetKind(kind) ? kinds[kind].noun : otherNouns[kind]

/** "Deployment studio/front-desk"; a thing without a name or id is told by its kind alone. */
const evidenceText = ({ kind, id, name }: Evidence): string => {
  const noun = evidenceNoun(kind)
  const called = name ?? id
  const heading = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`
  return called === null || called === '' ? heading : `${heading} ${called}`
}

const noneOr = (count: number): string => (count === 0 ? 'None' : number(count))

const someOf = (count: number, noun: string): string =>
  count === 0 ? `no ${noun}s` : countOf(count, noun)

/** Counts that a provider gives as a hint, by their name there; null where a count of nothing says nothing. */
const countTexts: Readonly<Record<string, (count: number) => string | null>> = {
  run_count: (count) => `Replicate counts ${someOf(count, 'run')} of the model`,
  own_of_model: (count) => `Your account lists ${someOf(count, 'prediction')} with the model`,
  own_of_version: (count) => `${noneOr(count)} of them with this version`,
  web_of_version: (count) => (count === 0 ? null : `${number(count)} of those on the website`)
}

const accountTexts: Readonly<Record<string, string>> = {
  owner: 'Its owner is',
  key: 'The token belongs to'
}

const evidenceLine = (evidence: Evidence): string | null => {
  const { kind, id, name } = evidence
  const ofCount = kind === 'prediction' ? countTexts[id ?? ''] : undefined
  if (ofCount !== undefined) return ofCount(Number(name))
  const ofAccount = kind === 'account' ? accountTexts[id ?? ''] : undefined
  return ofAccount === undefined ? evidenceText(evidence) : `${ofAccount} ${name ?? ''}`
}

/** What a caution rests on, each thing once. */
export const evidenceLines = (evidence: readonly Evidence[]): readonly string[] => [
  ...new Set(evidence.flatMap((item) => evidenceLine(item) ?? []))
]

/** A thing that stays; where only its kind is known, there may be any number of them. */
export const survivorText = (survivor: Survivor): string =>
  survivor.id === null && survivor.name === null
    ? `Perhaps more ${evidenceNoun(survivor.kind)}s`
    : evidenceText(survivor)

/** Why something that exists stays. */
export const survivorReason = (reason: Survivor['reason'], who: string): string => {
  switch (reason) {
    case 'kept':
      return 'You keep it.'
    case 'blocked':
      return 'Something stands against it.'
    case 'not-offered':
      return `${capital(who)} offers no way to remove it.`
    case 'not-known':
      return 'They cannot all be seen from here.'
    case 'not-readable':
      return `${who} did not answer what this depends on, so it is kept.`
    default:
      return assertNever(reason)
  }
}

/** What nobody can know before it is done. */
export const unknownText = (code: UnknownCode, who: string): string => {
  switch (code) {
    case 'provider-may-refuse':
      return `${capital(who)} may still refuse for a reason that it does not show.`
    case 'soft-delete-meaning':
      return `${capital(who)} does not say what it keeps after a plain deletion, nor for how long.`
    case 'backups':
      return `How long ${who} keeps backups is not known.`
    case 'copies-elsewhere':
      return 'Copies that others made, and links that were shared, are not seen from here.'
    case 'listing-incomplete':
      return 'Not everything could be listed, so there may be more.'
    case 'refund':
      return `Whether ${who} pays back a failed training is not known.`
    case 'weights':
      return `Whether ${who} removes the weights is not known.`
    case 'removal-takes-minutes':
      return `${capital(who)} takes a few minutes to remove it.`
    default:
      return assertNever(code)
  }
}

/** What a plan for a model is left with, once some of it stays. */
export interface LeftOfModel {
  readonly versions: number
  /** With those that stay. */
  readonly allVersions: number
  readonly isModelLeft: boolean
}

interface TitleOf {
  readonly left?: LeftOfModel | null
  readonly subject: PlanSubject
  readonly kind: TargetKind
  readonly count: number
  /** The asset's name, or whatever the plan is called. */
  readonly name: string
}

/** What the dialog is called. */
export const planTitle = ({ subject, kind, count, name, left = null }: TitleOf): string => {
  switch (subject.scope) {
    case 'assets':
      if (count > 1) return `Delete ${countOfKind(count, kind)} permanently`
      return kind !== null && kinds[kind].hasSoftDelete
        ? `Delete ${name} permanently`
        : `Delete ${kinds[kind].noun} ${name}`
    case 'likeness':
      return `Erase the likeness of ${name}`
    case 'teardown':
      return left === null || (left.isModelLeft && left.versions === left.allVersions)
        ? `Delete model ${name} with its versions`
        : versionsTitle(name, left)
    case 'cleanup':
      return `Delete old versions of ${name}`
    case 'person':
      return `Erase everything of ${name}`
    default:
      return assertNever(subject)
  }
}

/** "Delete 12 of 14 versions of portrait-lora": the model stays while any of its versions does. */
const versionsTitle = (
  name: string,
  { versions, allVersions, isModelLeft }: LeftOfModel
): string => {
  if (isModelLeft) return `Delete model ${name} and ${partOf(versions, allVersions)} versions`
  if (versions === 0) return `Nothing of ${name} is left to delete`
  return versions === allVersions
    ? `Delete ${countOf(versions, 'version')} of ${name}`
    : `Delete ${partOf(versions, allVersions)} versions of ${name}`
}

/** "1 picture, 12 clips"; null if this computer keeps none. */
export const localMediaText = ({ pictures, clips }: LocalMedia): string | null => {
  const parts = [
    pictures === 0 ? null : countOf(pictures, 'picture'),
    clips === 0 ? null : countOf(clips, 'clip')
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** What becomes of them. */
export const localMediaFate = (choice: 'delete' | 'keep'): string =>
  choice === 'delete'
    ? 'Deleted here as soon as each deletion is confirmed. The history keeps the names.'
    : 'Kept, and still shown in the details of deleted items.'

/** What is being looked through while a plan is made. */
export const lookingText = (scope: PlanSubject['scope'], who: string): string => {
  switch (scope) {
    case 'assets':
      return 'Looking at what would go.'
    case 'likeness':
      return `Looking through videos, conversations and personas at ${who} for this face.`
    case 'teardown':
    case 'cleanup':
      return `Looking through versions, deployments and trainings at ${who}.`
    case 'person':
      return 'Checking every account for assets of this person.'
    default:
      return assertNever(scope)
  }
}

/** "Saved to mia-chen-2026-11-22: 14 files. 2 could not be saved." */
export const archivedText = (folder: string, files: number, gaps: number): string => {
  const missing = gaps === 0 ? '' : ` ${countOf(gaps, 'thing')} could not be saved.`
  return `Saved to ${folder}: ${countOf(files, 'file')} with checksums.${missing}`
}

const gapReasons = {
  'no-link': 'no link to it is known',
  gone: 'it was gone already',
  'too-large': 'it is too large',
  unreachable: 'it could not be reached',
  'broken-off': 'it broke off before its end and was not kept',
  disk: 'it could not be written'
} as const

export const gapText = (name: string, reason: keyof typeof gapReasons): string =>
  `${name}: ${gapReasons[reason]}.`
