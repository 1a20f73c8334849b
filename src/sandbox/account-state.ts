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

export interface DeletionRules {
  readonly isHard: boolean
  readonly leavesRow: boolean
  readonly lagMs: number
}

type Listed = 'replicas' | 'videos'

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
  readonly #now: () => number
  readonly #changed: () => void

  constructor(name: string, data: AccountData, now: () => number, changed: () => void) {
    this.#name = name
    this.#data = data
    this.#now = now
    this.#changed = changed
  }

  get data(): AccountData {
    return this.#data
  }

  /** Rows that exist at this moment, deleted ones with a row left behind included. */
  get replicas(): readonly StoredReplica[] {
    const now = this.#now()
    return this.#data.replicas.filter(
      (replica) => replica.vanishesAtMs === null || replica.vanishesAtMs > now
    )
  }

  get videos(): readonly StoredVideo[] {
    return this.#data.videos
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
    this.#change('replicas', id, change)
  }

  changeVideo(id: string, change: Partial<StoredVideo>): void {
    this.#change('videos', id, change)
  }

  /** Puts replicas into another order; the list keeps it. */
  reorderReplicas(compare: (left: StoredReplica, right: StoredReplica) => number): void {
    this.#set({ replicas: this.#data.replicas.toSorted(compare) })
  }

  renameReplica(id: string, name: string): ChangeOutcome {
    const replica = this.#liveReplica(id)
    if (replica === undefined) return 'unknown-id'
    if (replica.type === 'system') return 'stock'
    this.changeReplica(id, { name, updatedAtMs: this.#now() })
    return 'done'
  }

  renameVideo(id: string, name: string): ChangeOutcome {
    if (!this.#isLiveVideo(id)) return 'unknown-id'
    this.changeVideo(id, { name, updatedAtMs: this.#now() })
    return 'done'
  }

  deleteReplica(id: string, rules: DeletionRules): ChangeOutcome {
    const replica = this.#liveReplica(id)
    if (replica === undefined) return 'unknown-id'
    if (replica.type === 'system') return 'stock'
    this.#logHardDeletion('replica', id, rules)
    if (this.#leavesNothing(rules)) this.removeReplica(id)
    else this.changeReplica(id, { deletedAtMs: replica.deletedAtMs ?? this.#now() + rules.lagMs })
    return 'done'
  }

  deleteVideo(id: string, rules: DeletionRules): ChangeOutcome {
    const video = this.#data.videos.find((candidate) => candidate.id === id)
    if (video === undefined || !this.#isLiveVideo(id)) return 'unknown-id'
    this.#logHardDeletion('video', id, rules)
    if (this.#leavesNothing(rules)) this.removeVideo(id)
    else this.changeVideo(id, { deletedAtMs: video.deletedAtMs ?? this.#now() + rules.lagMs })
    return 'done'
  }

  deleteConversation(id: string, isHard: boolean): ChangeOutcome {
    if (!this.#data.conversations.some((conversation) => conversation.id === id)) {
      return 'unknown-id'
    }
    this.#set({
      conversations: this.#data.conversations.filter((conversation) => conversation.id !== id)
    })
    if (isHard) this.#appendHardDeletion('conversation', id)
    return 'done'
  }

  #liveReplica(id: string): StoredReplica | undefined {
    return this.replicas.find((replica) => replica.id === id)
  }

  #isLiveVideo(id: string): boolean {
    return this.#data.videos.some((video) => video.id === id)
  }

  #leavesNothing(rules: DeletionRules): boolean {
    return rules.lagMs === 0 && (rules.isHard || !rules.leavesRow)
  }

  #logHardDeletion(kind: HardDeletion['kind'], id: string, rules: DeletionRules): void {
    if (rules.isHard) this.#appendHardDeletion(kind, id)
  }

  #appendHardDeletion(kind: HardDeletion['kind'], id: string): void {
    this.#set({ hardDeletions: [...this.#data.hardDeletions, { kind, id, atMs: this.#now() }] })
  }

  #change(list: Listed, id: string, change: Partial<StoredReplica> | Partial<StoredVideo>): void {
    this.#set({
      [list]: this.#data[list].map((row) => (row.id === id ? { ...row, ...change } : row))
    })
  }

  #set(change: Partial<AccountData>): void {
    this.#data = { ...this.#data, ...change }
    this.#changed()
  }
}
