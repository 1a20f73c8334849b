import type { CautionCode, Evidence } from '../../../shared/domain/deletion.ts'
import type { FactNote } from '../../ports/provider.ts'
import { modelOf, readParts, sameName } from './replicate-address.ts'
import type { AccountFacts, ModelFacts } from './replicate-facts.ts'
import { versionName } from './replicate-mapping.ts'
import {
  deploymentName,
  deploymentsOf,
  isVersion,
  modelMadeBy,
  type Source,
  trainingsFrom
} from './replicate-surroundings.ts'

/** R1: only what one owns can be deleted. The token's owner is read, so this is certain. */
const ownerNote = ({ username }: AccountFacts, id: string): FactNote => {
  const owner = readParts(id)?.owner ?? ''
  return {
    code: 'not-owner',
    finding: sameName(owner, username) ? 'does-not-hold' : 'holds',
    isComplete: true,
    evidence: [
      { kind: 'account', id: 'owner', name: owner },
      { kind: 'account', id: 'key', name: username }
    ]
  }
}

/** R2: only what is private can be deleted. */
const visibilityNote = ({ id, wire }: ModelFacts): FactNote => {
  const visibility = wire?.visibility?.trim().toLowerCase()
  const evidence: readonly Evidence[] = [{ kind: 'model', id, name: wire?.name ?? null }]
  const note = { code: 'not-private', evidence } as const
  if (visibility === 'private') return { ...note, finding: 'does-not-hold', isComplete: true }
  if (visibility === 'public') return { ...note, finding: 'holds', isComplete: true }
  return { ...note, finding: 'not-checked', isComplete: false }
}

/** A latest version that the list lacks is left too: official models list none at all. */
const versionsOf = ({ wire, versions }: ModelFacts): readonly string[] => {
  const ids = (versions ?? []).map(({ id }) => id)
  const latest = wire?.latest_version?.id
  return latest === undefined || ids.includes(latest) ? ids : [latest, ...ids]
}

/** R3: only a model without versions can be deleted. What could not be listed whole is never "no versions". */
const versionsNote = (model: ModelFacts): FactNote => {
  const { id, wire, hasAllVersions } = model
  const left = versionsOf(model)
  const evidence = left.map((version): Evidence => {
    const versionId = `${id}:${version}`
    return { kind: 'version', id: versionId, name: versionName(versionId) }
  })
  const note = { code: 'versions-left', evidence, isComplete: hasAllVersions } as const
  if (left.length > 0) return { ...note, finding: 'holds' }
  const isEmpty = hasAllVersions && wire !== null
  return { ...note, finding: isEmpty ? 'does-not-hold' : 'not-checked', isComplete: isEmpty }
}

/** A rule that stands if a list of the account names the version. */
const listNote = (
  code: CautionCode,
  { isWhole }: Source<unknown>,
  evidence: readonly Evidence[]
): FactNote => {
  if (evidence.length > 0) return { code, finding: 'holds', isComplete: isWhole, evidence }
  const finding = isWhole ? 'does-not-hold' : 'not-checked'
  return { code, finding, isComplete: isWhole, evidence }
}

const countOf = (id: string, count: number): Evidence => ({
  kind: 'prediction',
  id,
  name: String(count)
})

/** R4: not with what others have run. Nobody can see that; the counts are hints. */
const runsNote = (id: string, { predictions }: AccountFacts, { wire }: ModelFacts): FactNote => {
  const ofModel = predictions?.filter(({ model }) => sameName(model, modelOf(id)))
  const ofVersion = ofModel?.filter(({ model, version }) => isVersion(id, model, version))
  const evidence: readonly Evidence[] = [
    ...(typeof wire?.run_count === 'number' ? [countOf('run_count', wire.run_count)] : []),
    ...(ofModel === undefined ? [] : [countOf('own_of_model', ofModel.length)]),
    ...(ofVersion === undefined
      ? []
      : [
          countOf('own_of_version', ofVersion.length),
          countOf('web_of_version', ofVersion.filter(({ source }) => source === 'web').length)
        ])
  ]
  return { code: 'others-ran-it', finding: 'not-checked', isComplete: false, evidence }
}

/** R7: not while another version is overridden to use it. Nothing in the API shows that. */
const overrideNote: FactNote = {
  code: 'overridden',
  finding: 'not-checked',
  isComplete: false,
  evidence: []
}

/** What speaks for or against deleting a model. */
export const modelNotes = (account: AccountFacts, model: ModelFacts): readonly FactNote[] => [
  ownerNote(account, model.id),
  visibilityNote(model),
  versionsNote(model)
]

/** What speaks for or against deleting a version. R5 and R6: what trains from it and what runs it. */
export const versionNotes = (
  id: string,
  account: AccountFacts,
  model: ModelFacts
): readonly FactNote[] => {
  const trainings = trainingsFrom(id, account.trainings.rows)
  const deployments = deploymentsOf(id, account.deployments.rows)
  return [
    ownerNote(account, id),
    visibilityNote(model),
    runsNote(id, account, model),
    listNote(
      'base-of-training',
      account.trainings,
      trainings.map((training) => ({
        kind: 'training',
        id: training.id,
        name: modelMadeBy(training) ?? training.status ?? null
      }))
    ),
    listNote(
      'deployed',
      account.deployments,
      deployments.map((deployment) => ({
        kind: 'deployment',
        id: deploymentName(deployment),
        name: deploymentName(deployment)
      }))
    ),
    overrideNote
  ]
}
