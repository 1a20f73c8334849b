import { createHash } from 'node:crypto'
import type {
  AccountData,
  HardDeletion,
  StoredConversation,
  StoredPersona,
  StoredReplica,
  StoredVideo
} from './snapshot.ts'

/** Why a deletion or renaming was not done. */
export type ChangeOutcome = 'done' | 'unknown-id' | 'stock'

/** What a soft delete leaves behind, and how long any delete takes to show. */
export interface DeletionRules {
  readonly replicaRowsStay: boolean
  readonly videoRowsStay: boolean
  readonly lagMs: number
}

interface Deletable {
  readonly id: string
  readonly deletedAtMs: number | null
  readonly isHardDeleted: boolean
}

const hexId = (seed: string, length: number): string =>
  createHash('sha256').update(seed).digest('hex').slice(0, length)

/** An id of the shape of real ones, the same for the same seed. */
export const replicaIdFrom = (seed: string): string => `r${hexId(`replica ${seed}`, 11)}`
export const videoIdFrom = (seed: string): string => hexId(`video ${seed}`, 10)
export const personaIdFrom = (seed: string): string => `p${hexId(`persona ${seed}`, 11)}`
export const conversationIdFrom = (seed: string): string => `c${hexId(`conversation ${seed}`, 11)}`

/**
 * What one account holds, and every way it can change: through the API, or "elsewhere" (the portal, a colleague),
 * which tests play by calling the same methods.
 */
export class AccountState {
  #data: AccountData
  readonly #name: string
  readonly #rules: DeletionRules
  readonly #now: () => number
  readonly #changed: () => void

  constructor(
    name: string,
    data: AccountData,
    rules: DeletionRules,
    now: () => number,
    changed: () => void
  ) {
    this.#name = name
    this.#data = data
    this.#rules = rules
    this.#now = now
    this.#changed = changed
  }

  get data(): AccountData {
    return this.#data
  }

  /** Replicas that the API knows at this moment, deleted ones included where their rows stay. */
  get replicas(): readonly StoredReplica[] {
    const now = this.#now()
    return this.#data.replicas.filter(
      (replica) =>
        (replica.vanishesAtMs === null || replica.vanishesAtMs > now) &&
        this.#isVisible(replica, this.#rules.replicaRowsStay)
    )
  }

  /** Videos that the API knows at this moment. */
  get videos(): readonly StoredVideo[] {
    return this.#data.videos.filter((video) => this.#isVisible(video, this.#rules.videoRowsStay))
  }

  /** Whether a deletion was asked and shows by now. */
  isDeleted(row: Deletable): boolean {
    return row.deletedAtMs !== null && row.deletedAtMs <= this.#now()
  }

  get personas(): readonly StoredPersona[] {
    return this.#data.personas
  }

  get conversations(): readonly StoredConversation[] {
    return this.#data.conversations
  }

  /** What was deleted for good, in order. */
  get hardDeletions(): readonly HardDeletion[] {
    return this.#data.hardDeletions
  }

  /** A fresh id; the n-th one asked for is always the same. */
  nextId(shape: (seed: string) => string): string {
    const idsGiven = this.#data.idsGiven + 1
    this.#set({ idsGiven })
    return shape(`${this.#name} ${idsGiven}`)
  }

  addReplica(replica: StoredReplica): void {
    this.#set({ replicas: [replica, ...this.#data.replicas] })
  }

  addVideo(video: StoredVideo): void {
    this.#set({ videos: [video, ...this.#data.videos] })
  }

  /** Takes a row away without any trace, as a deletion elsewhere does. */
  removeReplica(id: string): void {
    this.#set({ replicas: this.#data.replicas.filter((replica) => replica.id !== id) })
  }

  removeVideo(id: string): void {
    this.#set({ videos: this.#data.videos.filter((video) => video.id !== id) })
  }

  /** Changes single fields of a replica. */
  changeReplica(id: string, change: Partial<StoredReplica>): void {
    const { replicas } = this.#data
    this.#set({ replicas: replicas.map((row) => (row.id === id ? { ...row, ...change } : row)) })
  }

  changeVideo(id: string, change: Partial<StoredVideo>): void {
    const { videos } = this.#data
    this.#set({ videos: videos.map((row) => (row.id === id ? { ...row, ...change } : row)) })
  }

  /** Puts replicas into another order; the list keeps it. */
  reorderReplicas(compare: (left: StoredReplica, right: StoredReplica) => number): void {
    this.#set({ replicas: this.#data.replicas.toSorted(compare) })
  }

  renameReplica(id: string, name: string): ChangeOutcome {
    const outcome = this.#canChangeReplica(id)
    if (outcome === 'done') this.changeReplica(id, { name, updatedAtMs: this.#now() })
    return outcome
  }

  renameVideo(id: string, name: string): ChangeOutcome {
    if (!this.videos.some((video) => video.id === id)) return 'unknown-id'
    this.changeVideo(id, { name, updatedAtMs: this.#now() })
    return 'done'
  }

  deleteReplica(id: string, isHard: boolean): ChangeOutcome {
    const outcome = this.#canChangeReplica(id)
    if (outcome !== 'done') return outcome
    this.changeReplica(id, this.#deletion(isHard))
    if (isHard) this.#logHardDeletion('replica', id)
    return 'done'
  }

  deleteVideo(id: string, isHard: boolean): ChangeOutcome {
    if (!this.videos.some((video) => video.id === id)) return 'unknown-id'
    this.changeVideo(id, this.#deletion(isHard))
    if (isHard) this.#logHardDeletion('video', id)
    return 'done'
  }

  deleteConversation(id: string, isHard: boolean): ChangeOutcome {
    const { conversations } = this.#data
    if (!conversations.some((row) => row.id === id)) return 'unknown-id'
    this.#set({ conversations: conversations.filter((row) => row.id !== id) })
    if (isHard) this.#logHardDeletion('conversation', id)
    return 'done'
  }

  #canChangeReplica(id: string): ChangeOutcome {
    const replica = this.replicas.find((row) => row.id === id)
    if (replica === undefined) return 'unknown-id'
    return replica.type === 'system' ? 'stock' : 'done'
  }

  #deletion(isHard: boolean): { readonly deletedAtMs: number; readonly isHardDeleted: boolean } {
    return { deletedAtMs: this.#now() + this.#rules.lagMs, isHardDeleted: isHard }
  }

  #isVisible(row: Deletable, rowsStay: boolean): boolean {
    return !this.isDeleted(row) || (rowsStay && !row.isHardDeleted)
  }

  #logHardDeletion(kind: HardDeletion['kind'], id: string): void {
    this.#set({ hardDeletions: [...this.#data.hardDeletions, { kind, id, atMs: this.#now() }] })
  }

  #set(change: Partial<AccountData>): void {
    this.#data = { ...this.#data, ...change }
    this.#changed()
  }
}
