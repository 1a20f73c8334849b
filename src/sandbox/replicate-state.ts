import type { ReplicateOptions } from './replicate-options.ts'
import { modelId, rulesAgainstModel, rulesAgainstVersion } from './replicate-rules.ts'
import type {
  RefusalRule,
  ReplicateData,
  ReplicateDeletion,
  StoredDeployment,
  StoredFile,
  StoredModel,
  StoredPrediction,
  StoredTraining,
  StoredVersion
} from './replicate-snapshot.ts'

const REMOVAL_MS = 2 * 60_000
const UPLOAD_MS = 24 * 3_600_000

/** What came of a delete. `rules` is empty unless it was refused. */
export interface DeletionResult {
  readonly outcome: ReplicateDeletion['outcome']
  readonly rules: readonly RefusalRule[]
}

type Lists = 'models' | 'versions' | 'deployments' | 'trainings' | 'predictions' | 'files'

const isSameName = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase()

/**
 * What one account holds or can see, and every way it can change: through the API, or "elsewhere" (the web, a colleague),
 * which tests play by calling the same methods. Models are named `owner/name`, ignoring case.
 */
export class ReplicateState {
  #data: ReplicateData
  readonly #options: ReplicateOptions
  readonly #now: () => number
  readonly #changed: () => void

  constructor(
    data: ReplicateData,
    options: ReplicateOptions,
    now: () => number,
    changed: () => void
  ) {
    this.#data = data
    this.#options = options
    this.#now = now
    this.#changed = changed
  }

  get data(): ReplicateData {
    return this.#data
  }

  get username(): string {
    return this.#data.username
  }

  get models(): readonly StoredModel[] {
    return this.#data.models
  }

  /** Versions that the API shows at this moment. */
  get versions(): readonly StoredVersion[] {
    return this.#data.versions.filter((version) => this.#isShown(version))
  }

  get deployments(): readonly StoredDeployment[] {
    return this.#data.deployments
  }

  /** Uploaded files that are still kept. */
  get files(): readonly StoredFile[] {
    const { uploadRetentionMs = UPLOAD_MS } = this.#options
    return this.#data.files.filter((file) => this.#now() < file.createdAtMs + uploadRetentionMs)
  }

  /** When Replicate deletes an uploaded file by itself. */
  fileExpiresAtMs({ createdAtMs }: StoredFile): number {
    return createdAtMs + (this.#options.uploadRetentionMs ?? UPLOAD_MS)
  }

  get trainings(): readonly StoredTraining[] {
    return this.#data.trainings
  }

  /** Predictions of the account itself whose version is still there. */
  get predictions(): readonly StoredPrediction[] {
    return this.#data.predictions.filter(
      (row) => row.by === this.#data.username && this.#isVersionOfPredictionThere(row)
    )
  }

  /** Every delete that was processed, refused ones included, in order. */
  get deletions(): readonly ReplicateDeletion[] {
    return this.#data.deletions
  }

  /** How often a delete of this version id or `owner/name` was processed, refused ones included. */
  timesAskedToDelete(id: string): number {
    return this.#data.deletions.filter((deletion) => isSameName(deletion.id, id)).length
  }

  model(id: string): StoredModel | undefined {
    return this.#data.models.find((model) => isSameName(modelId(model), id))
  }

  /** Versions of a model that the API shows, newest first. */
  versionsOf(id: string): readonly StoredVersion[] {
    return this.versions
      .filter((version) => isSameName(version.model, id))
      .toSorted((left, right) => right.createdAtMs - left.createdAtMs)
  }

  /** Whether a name was used by a model that is gone, and cannot be used again. */
  isNameTaken(id: string): boolean {
    if (this.model(id) !== undefined) return true
    if (this.#options.deletedNames === 'free') return false
    return this.#data.deletedModels.some((gone) => isSameName(gone, id))
  }

  /** Whether an accepted removal has come to its end and took the version along. */
  isGone(version: StoredVersion): boolean {
    const { removal } = version
    return removal !== null && !removal.fails && removal.goneAtMs <= this.#now()
  }

  /** Since when the files of a version are past saving; null while it is there or unknown. */
  goneAtMs(versionId: string): number | null {
    const version = this.#data.versions.find((row) => row.id === versionId)
    return version === undefined || !this.isGone(version)
      ? null
      : (version.removal?.goneAtMs ?? null)
  }

  /** Asks for the removal of a version, as DELETE does. */
  deleteVersion(id: string, model: StoredModel): DeletionResult {
    const result = this.#removeVersion(id, model)
    this.#log({ kind: 'version', id, model: modelId(model), ...result })
    return result
  }

  /** Deletes a model, as DELETE does. `id` is `owner/name` as it was asked. */
  deleteModel(id: string): DeletionResult {
    const result = this.#removeModel(id)
    this.#log({ kind: 'model', id, model: id, ...result })
    return result
  }

  /** Deletes an uploaded file, as DELETE does. */
  deleteFile(id: string): DeletionResult {
    const isThere = this.files.some((file) => file.id === id)
    const result: DeletionResult = { outcome: isThere ? 'done' : 'not-found', rules: [] }
    if (isThere) this.#set({ files: this.#data.files.filter((file) => file.id !== id) })
    this.#log({ kind: 'file', id, model: '', ...result })
    return result
  }

  addFile(file: StoredFile): void {
    this.#set({ files: [file, ...this.#data.files] })
  }

  addModel(model: StoredModel): void {
    this.#set({ models: [model, ...this.#data.models] })
  }

  addVersion(version: StoredVersion): void {
    this.#set({ versions: [version, ...this.#data.versions] })
  }

  addDeployment(deployment: StoredDeployment): void {
    this.#set({ deployments: [deployment, ...this.#data.deployments] })
  }

  addTraining(training: StoredTraining): void {
    this.#set({ trainings: [training, ...this.#data.trainings] })
  }

  addPrediction(prediction: StoredPrediction): void {
    this.#set({ predictions: [prediction, ...this.#data.predictions] })
  }

  /** Changes single fields of a model, for example its visibility, which only the web can. */
  changeModel(id: string, change: Partial<StoredModel>): void {
    this.#change('models', (model) => isSameName(modelId(model), id), change)
  }

  changeVersion(id: string, change: Partial<StoredVersion>): void {
    this.#change('versions', (version) => version.id === id, change)
  }

  /** Changes single fields of a deployment, for example the version it runs. */
  changeDeployment(name: string, change: Partial<StoredDeployment>): void {
    this.#change('deployments', (deployment) => deployment.name === name, change)
  }

  /** Takes a model and its versions away without any trace, as a deletion elsewhere does. */
  removeModel(id: string): void {
    this.#set({
      models: this.#data.models.filter((model) => !isSameName(modelId(model), id)),
      versions: this.#data.versions.filter((version) => !isSameName(version.model, id))
    })
  }

  removeVersion(id: string): void {
    this.#set({ versions: this.#data.versions.filter((version) => version.id !== id) })
  }

  removeDeployment(name: string): void {
    this.#set({ deployments: this.#data.deployments.filter((row) => row.name !== name) })
  }

  removeTraining(id: string): void {
    this.#set({ trainings: this.#data.trainings.filter((row) => row.id !== id) })
  }

  removePrediction(id: string): void {
    this.#set({ predictions: this.#data.predictions.filter((row) => row.id !== id) })
  }

  /** Ends a training now; if it succeeds, its version is there. */
  finishTraining(id: string, endsAs: StoredTraining['endsAs'] = 'succeeded'): void {
    const training = this.#data.trainings.find((row) => row.id === id)
    if (training === undefined) return
    const endsAtMs = this.#now()
    const others = this.#data.versions.filter((row) => row.id !== training.outputVersion)
    const made: StoredVersion = {
      id: training.outputVersion,
      model: training.destination,
      createdAtMs: endsAtMs,
      cogVersion: '0.16.8',
      isOverrideTarget: false,
      removal: null
    }
    this.#change('trainings', (row) => row.id === id, { endsAtMs, endsAs })
    this.#set({ versions: endsAs === 'succeeded' ? [made, ...others] : others })
  }

  #removeVersion(id: string, model: StoredModel): DeletionResult {
    const version = this.#data.versions.find(
      (row) => row.id === id && isSameName(row.model, modelId(model))
    )
    const isThere = version !== undefined && version.createdAtMs <= this.#now()
    if (!isThere || this.isGone(version)) return { outcome: 'not-found', rules: [] }
    if (this.#isRemoving(version)) return { outcome: 'repeated', rules: [] }
    const rules = rulesAgainstVersion(this.#data, model, version)
    if (rules.length > 0) return { outcome: 'refused', rules }
    const { removalFails = false, removalMs = REMOVAL_MS } = this.#options
    const fails = typeof removalFails === 'function' ? removalFails(id) : removalFails
    this.changeVersion(id, { removal: { goneAtMs: this.#now() + removalMs, fails } })
    return { outcome: 'accepted', rules: [] }
  }

  #removeModel(id: string): DeletionResult {
    const model = this.model(id)
    if (model === undefined) return { outcome: 'not-found', rules: [] }
    const rules = rulesAgainstModel(this.#data, model, this.#versionsLeft(modelId(model)))
    if (rules.length > 0) return { outcome: 'refused', rules }
    this.#set({
      models: this.#data.models.filter((row) => row !== model),
      deletedModels: [...this.#data.deletedModels, modelId(model)]
    })
    return { outcome: 'done', rules: [] }
  }

  #versionsLeft(id: string): number {
    return this.#data.versions.filter(
      (version) =>
        isSameName(version.model, id) &&
        version.createdAtMs <= this.#now() &&
        !this.isGone(version) &&
        (this.#options.removingVersionsBlock !== false || !this.#isRemoving(version))
    ).length
  }

  #isRemoving({ removal }: StoredVersion): boolean {
    return removal !== null && removal.goneAtMs > this.#now()
  }

  #isShown(version: StoredVersion): boolean {
    if (version.createdAtMs > this.#now() || this.isGone(version)) return false
    return this.#options.removingVersions !== 'hidden' || !this.#isRemoving(version)
  }

  /** Predictions of other owners' models have no version here, and stay. */
  #isVersionOfPredictionThere({ version }: StoredPrediction): boolean {
    const found = this.#data.versions.find((row) => row.id === version)
    return found === undefined || !this.isGone(found)
  }

  #log(deletion: Omit<ReplicateDeletion, 'atMs' | 'rules'> & DeletionResult): void {
    const entry = { ...deletion, rules: [...deletion.rules], atMs: this.#now() }
    this.#set({ deletions: [...this.#data.deletions, entry] })
  }

  #change<List extends Lists>(
    list: List,
    isMeant: (row: ReplicateData[List][number]) => boolean,
    change: Partial<ReplicateData[List][number]>
  ): void {
    const rows: readonly ReplicateData[List][number][] = this.#data[list]
    this.#set({ [list]: rows.map((row) => (isMeant(row) ? { ...row, ...change } : row)) })
  }

  #set(change: Partial<ReplicateData>): void {
    this.#data = { ...this.#data, ...change }
    this.#changed()
  }
}
