import type {
  RefusalRule,
  ReplicateData,
  StoredModel,
  StoredVersion
} from './replicate-snapshot.ts'

/** `owner/name`, as Replicate writes it. */
export const modelId = ({ owner, name }: Pick<StoredModel, 'owner' | 'name'>): string =>
  `${owner}/${name}`

const ifSo = (rule: RefusalRule, holds: boolean): readonly RefusalRule[] => (holds ? [rule] : [])

const aboutTheModel = (data: ReplicateData, model: StoredModel): readonly RefusalRule[] => [
  ...ifSo('R1', model.owner !== data.username),
  ...ifSo('R2', model.visibility === 'public')
]

/** What stands against the deletion of a model that still has so many versions. */
export const rulesAgainstModel = (
  data: ReplicateData,
  model: StoredModel,
  versionsLeft: number
): readonly RefusalRule[] => [...aboutTheModel(data, model), ...ifSo('R3', versionsLeft > 0)]

/** What stands against the deletion of a version. Any training that began from it counts, however it ended. */
export const rulesAgainstVersion = (
  data: ReplicateData,
  model: StoredModel,
  version: StoredVersion
): readonly RefusalRule[] => {
  const isUsedBy = (deployment: ReplicateData['deployments'][number]): boolean =>
    deployment.version === version.id || deployment.formerVersions.includes(version.id)
  return [
    ...aboutTheModel(data, model),
    ...ifSo(
      'R4',
      data.predictions.some((row) => row.version === version.id && row.by !== data.username)
    ),
    ...ifSo(
      'R5',
      data.trainings.some((row) => row.version === version.id)
    ),
    ...ifSo('R6', data.deployments.some(isUsedBy)),
    ...ifSo('R7', version.isOverrideTarget)
  ]
}
