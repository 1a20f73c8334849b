import { isStepChange, kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'
import type {
  CautionCode,
  DeletionCaution,
  DeletionEffect,
  Evidence
} from '../../shared/domain/deletion.ts'
import type {
  LocalMedia,
  PlanStep,
  PlanSubject,
  Survivor,
  UnknownCode
} from '../../shared/domain/plan.ts'
import { messageOf, t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { countOfKind } from './kind-words.ts'
import { allOf } from './time-words.ts'

export interface EffectWords {
  readonly what: string
  readonly more: string
}

const isOneOf = <Code extends string>(code: string, codes: readonly Code[]): code is Code =>
  (codes as readonly string[]).includes(code)

/** What will be deleted. */
export const goesText = (code: DeletionEffect): EffectWords => ({
  what: t(`plan.effect.${code}`),
  more: messageOf(`plan.deletes.${code}`) ?? ''
})

/** What stands over the steps of a plan, of which some may change a thing without deleting it. */
export const stepsHeading = ({ steps }: { readonly steps: readonly Pick<PlanStep, 'mode'>[] }) => {
  const changes = steps.filter(({ mode }) => isStepChange(mode)).length
  if (changes === 0) return t('plan.goesInOrder')
  return changes === steps.length ? t('plan.changesInOrder') : t('plan.changesAndGoesInOrder')
}

/** What will be kept. */
export const staysText = (code: DeletionEffect): EffectWords => ({
  what: t(`plan.effect.${code}`),
  more: messageOf(`plan.keeps.${code}`) ?? ''
})

/** Why it is held back, or what to think of first. */
export const cautionText = (code: CautionCode): string => t(`cautions.${code}`)

/** The same in three or four words, for a line that says beside it how sure that is. */
export const cautionBrief = (code: CautionCode): string => t(`cautions.brief.${code}`)

/** A caution, claiming no more than is known of it. */
export const cautionTitle = ({
  code,
  sureness
}: Pick<DeletionCaution, 'code' | 'sureness'>): string =>
  (sureness === 'unknown' ? messageOf(`cautions.unchecked.${code}`) : null) ?? cautionText(code)

/** How much is known of a caution, in a word or two. */
export const surenessText = (sureness: DeletionCaution['sureness']): string =>
  t(`cautions.sureness.${sureness}`)

/** "Deployment studio/front-desk"; a thing without a name or ID is named by its kind alone. */
const evidenceText = ({ kind, id, name }: Evidence): string => {
  const called = name ?? id ?? ''
  return called === '' ? t('things.unnamed', { kind }) : t('things.named', { kind, name: called })
}

const countIds = ['run_count', 'own_of_model', 'own_of_version', 'web_of_version'] as const

const evidenceLine = (evidence: Evidence): string | null => {
  const { kind, name } = evidence
  const id = evidence.id ?? ''
  if (kind === 'prediction' && isOneOf(id, countIds)) {
    const count = Number(name)
    // A count of none on the website says nothing.
    return id === 'web_of_version' && count === 0 ? null : t(`plan.evidence.${id}`, { count })
  }
  return kind === 'account' && isOneOf(id, ['owner', 'key'])
    ? t(`plan.evidence.${id}`, { name: name ?? '' })
    : evidenceText(evidence)
}

/** What a caution rests on, each thing once. */
export const evidenceLines = (evidence: readonly Evidence[]): readonly string[] => [
  ...new Set(evidence.flatMap((item) => evidenceLine(item) ?? []))
]

/** A thing that is kept; where only its kind is known, there may be any number of them. */
export const survivorText = (survivor: Survivor): string =>
  survivor.id === null && survivor.name === null
    ? t('things.perhapsMore', { kind: survivor.kind })
    : evidenceText(survivor)

/** Why something that exists is kept. */
export const survivorReason = (reason: Survivor['reason'], who: string): string =>
  t(`plan.kept.${reason}`, { who })

/** What nobody can know before it is done. */
export const unknownText = (code: UnknownCode, who: string): string =>
  t(`plan.unknown.${code}`, { who })

/** What a plan for a model is left with, once some of it is excluded. */
export interface LeftOfModel {
  readonly versions: number
  /** With those that are excluded. */
  readonly allVersions: number
  readonly isModelLeft: boolean
}

/** How many things a plan deletes, and how many it would with those that are excluded. */
export interface PlanPart {
  readonly left: number
  readonly all: number
}

interface TitleOf {
  readonly left?: LeftOfModel | null
  /** How many things the plan would delete, of those it could; null before that is known. */
  readonly part?: PlanPart | null
  readonly subject: PlanSubject
  readonly kind: TargetKind
  readonly count: number
  /** The asset's name, or whatever the plan is called. */
  readonly name: string
}

/** What the dialog is called: what it deletes now that some of it is excluded. */
export const planTitle = (about: TitleOf): string => {
  const { subject, kind, count, part = null } = about
  const title = wholeTitle(about)
  if (part === null || part.left === part.all || subject.scope === 'teardown') return title
  return subject.scope === 'assets'
    ? t('plan.title.someOf', {
        left: part.left,
        items: countOfKind(Math.max(count, part.all), kind)
      })
    : t('plan.title.withoutSome', { title, ...part })
}

const wholeTitle = ({ subject, kind, count, name, left = null }: TitleOf): string => {
  switch (subject.scope) {
    case 'assets':
      if (kind === 'persona' && count === 1) return t('plan.title.pal', { name })
      return count > 1
        ? t('plan.title.many', { items: countOfKind(count, kind) })
        : t('plan.title.one', { kind: kinds[kind].hasSoftDelete ? 'other' : kind, name })
    case 'likeness':
      return t('plan.title.likeness', { name })
    case 'teardown':
      return left === null || (left.isModelLeft && left.versions === left.allVersions)
        ? t('plan.title.teardown', { name })
        : versionsTitle(name, left)
    case 'cleanup':
      return t('plan.title.cleanup', { name })
    case 'person':
      return t('plan.title.person', { name })
    default:
      return assertNever(subject)
  }
}

/** "Delete 12 of 14 versions of portrait-lora": the model is kept while any of its versions is. */
const versionsTitle = (
  name: string,
  { versions, allVersions, isModelLeft }: LeftOfModel
): string => {
  if (isModelLeft) return t('plan.title.modelAndSome', { name, versions, allVersions })
  if (versions === 0) return t('plan.title.nothing', { name })
  return versions === allVersions
    ? t('plan.title.versions', { name, versions })
    : t('plan.title.someVersions', { name, versions, allVersions })
}

/** "1 image and 12 clips"; null if this computer keeps none. */
export const localMediaText = ({ pictures, clips, drafts }: LocalMedia): string | null => {
  const parts = [
    ...(pictures === 0 ? [] : [t('plan.images', { count: pictures })]),
    ...(clips === 0 ? [] : [t('plan.clips', { count: clips })]),
    ...(drafts === 0 ? [] : [t('plan.drafts', { count: drafts })])
  ]
  return parts.length === 0 ? null : allOf(parts)
}

/** What the app does not delete, as it lies where the person put it; null if there is none. */
export const savedFoldersText = ({ folders }: LocalMedia): string | null =>
  folders.length === 0 ? null : t('plan.savedFolders', { folders: allOf(folders) })

/** What becomes of them. */
export const localMediaFate = (choice: 'delete' | 'keep'): string => t(`plan.localMedia.${choice}`)

/** What is searched while a plan is made. */
export const lookingText = (scope: PlanSubject['scope'], who: string): string =>
  t(`plan.preparing.${scope}`, { who })

/** "Saved to mia-chen-2026-11-22: 14 files with checksums. 2 items couldn’t be saved." */
export const archivedText = (folder: string, files: number, gaps: number): string =>
  t('plan.archived', { folder, files, gaps })

type GapReason = 'no-link' | 'gone' | 'too-large' | 'unreachable' | 'broken-off' | 'disk'

export const gapText = (name: string, reason: GapReason): string =>
  t(`plan.gap.${reason}`, { name })
