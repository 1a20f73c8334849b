import { assertNever } from '../shared/result.ts'
import { logDeletion } from './deletion-log.ts'
import type {
  AccountData,
  DeletableKind,
  Deletion,
  HardDeletion,
  StoredConversation,
  StoredPage,
  StoredPersona,
  StoredReplica,
  StoredVideo,
  StoredVoice
} from './snapshot.ts'

/** What a voice is used by. */
export interface VoiceUses {
  readonly pals: number
  readonly faces: number
  /** A face's own voice, which stays for as long as it is that. */
  readonly isOriginal: boolean
}

/** What came of a deletion or renaming. */
export type ChangeOutcome = Deletion['outcome']

/** What a soft delete leaves behind, what cannot be deleted, and how long any delete takes to show. */
export interface DeletionRules {
  /** Whose rows stay listed as deleted after a soft delete. */
  readonly rowsStay: Readonly<Record<DeletableKind, boolean>>
  readonly canDeleteActive: boolean
  /** What a deleted replica does to the voices it names: lets go of them, still counts, or takes its own along. */
  readonly voiceAfterReplica: () => 'freed' | 'counted' | 'taken-along'
  readonly lagMs: number
  /** How long the rows of what was deleted for good stay as deleted. */
  readonly hardStayMs: number
}

interface Deletable {
  readonly id: string
  readonly deletedAtMs: number | null
  readonly isHardDeleted: boolean
}

const listOf = {
  replica: 'replicas',
  video: 'videos',
  voice: 'voices',
  persona: 'personas',
  conversation: 'conversations',
  page: 'pages'
} as const satisfies Readonly<Record<DeletableKind, keyof AccountData>>

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
        this.#isVisible('replica', replica)
    )
  }

  /** Videos that the API knows at this moment. */
  get videos(): readonly StoredVideo[] {
    return this.#data.videos.filter((video) => this.#isVisible('video', video))
  }

  /** Voices that the API knows at this moment. */
  get voices(): readonly StoredVoice[] {
    return this.#data.voices.filter((voice) => this.#isVisible('voice', voice))
  }

  /** How many replicas and personas refer to a voice, as the API counts them. */
  usesOfVoice(id: string): VoiceUses {
    const isCounted = (row: Deletable): boolean =>
      row.deletedAtMs === null || this.#rules.voiceAfterReplica() === 'counted'
    const faces = this.#data.replicas.filter(
      (row) => isCounted(row) && (row.originalVoiceId === id || row.defaultVoiceId === id)
    )
    const pals = this.#data.personas.filter((row) => row.voiceId === id && row.deletedAtMs === null)
    return {
      pals: pals.length,
      faces: faces.length,
      isOriginal: faces.some((row) => row.originalVoiceId === id)
    }
  }

  /** Whether a deletion was asked and shows by now. */
  isDeleted(row: Deletable): boolean {
    return row.deletedAtMs !== null && row.deletedAtMs <= this.#now()
  }

  get personas(): readonly StoredPersona[] {
    return this.#data.personas.filter((persona) => this.#isVisible('persona', persona))
  }

  get conversations(): readonly StoredConversation[] {
    return this.#data.conversations.filter((row) => this.#isVisible('conversation', row))
  }

  get pages(): readonly StoredPage[] {
    return this.#data.pages.filter((row) => this.#isVisible('page', row))
  }

  /** What was deleted for good, in order. */
  get hardDeletions(): readonly HardDeletion[] {
    return this.#data.hardDeletions
  }

  /** Every delete that was processed, refused ones included, in order. */
  get deletions(): readonly Deletion[] {
    return this.#data.deletions
  }

  /** How often a delete of this id was processed, refused ones included. */
  timesAskedToDelete(id: string, mode?: Deletion['mode']): number {
    return this.#data.deletions.filter(
      (deletion) => deletion.id === id && (mode === undefined || deletion.mode === mode)
    ).length
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

  addVoice(voice: StoredVoice): void {
    this.#set({ voices: [voice, ...this.#data.voices] })
  }

  changeVoice(id: string, change: Partial<StoredVoice>): void {
    const { voices } = this.#data
    this.#set({ voices: voices.map((row) => (row.id === id ? { ...row, ...change } : row)) })
  }

  addPersona(persona: StoredPersona): void {
    this.#set({ personas: [persona, ...this.#data.personas] })
  }

  addPage(page: StoredPage): void {
    this.#set({ pages: [page, ...this.#data.pages] })
  }

  changePage(id: string, change: Partial<StoredPage>): void {
    const { pages } = this.#data
    const updatedAtMs = this.#now()
    this.#set({
      pages: pages.map((row) => (row.id === id ? { ...row, updatedAtMs, ...change } : row))
    })
  }

  deletePage(id: string): ChangeOutcome {
    return this.#delete('page', id, true)
  }

  addConversation(conversation: StoredConversation): void {
    this.#set({ conversations: [conversation, ...this.#data.conversations] })
  }

  addMemoryStore(id: string): void {
    this.#set({ memoryStores: [...this.#data.memoryStores, id] })
  }

  /** Ends a conversation, as hanging up does. */
  endConversation(id: string): void {
    this.changeConversation(id, { status: 'ended' })
  }

  changeConversation(id: string, change: Partial<StoredConversation>): void {
    const { conversations } = this.#data
    this.#set({
      conversations: conversations.map((row) => (row.id === id ? { ...row, ...change } : row))
    })
  }

  changePersona(id: string, change: Partial<StoredPersona>): void {
    const { personas } = this.#data
    this.#set({ personas: personas.map((row) => (row.id === id ? { ...row, ...change } : row)) })
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
    return this.#delete('replica', id, isHard)
  }

  deleteVideo(id: string, isHard: boolean): ChangeOutcome {
    return this.#delete('video', id, isHard)
  }

  deleteVoice(id: string): ChangeOutcome {
    return this.#delete('voice', id, true)
  }

  deleteConversation(id: string, isHard: boolean): ChangeOutcome {
    return this.#delete('conversation', id, isHard)
  }

  deletePersona(id: string, isHard: boolean): ChangeOutcome {
    return this.#delete('persona', id, isHard)
  }

  #canChangeReplica(id: string): ChangeOutcome {
    return this.#isStock(this.replicas, id) ?? 'unknown-id'
  }

  #isStock(
    rows: readonly (StoredReplica | StoredPersona | StoredVoice)[],
    id: string
  ): 'stock' | 'done' | undefined {
    const row = rows.find((candidate) => candidate.id === id)
    return row === undefined ? undefined : row.type === 'system' ? 'stock' : 'done'
  }

  #canDelete(kind: DeletableKind, id: string): ChangeOutcome | undefined {
    switch (kind) {
      case 'replica':
        return this.#isStock(this.replicas, id)
      case 'persona':
        return this.#isStock(this.personas, id)
      case 'page':
        return this.pages.some((row) => row.id === id) ? 'done' : undefined
      case 'video':
        return this.videos.some((row) => row.id === id) ? 'done' : undefined
      case 'voice': {
        const { pals, faces } = this.usesOfVoice(id)
        const standing = this.#isStock(this.voices, id)
        return standing === 'done' && pals + faces > 0 ? 'in-use' : standing
      }
      case 'conversation': {
        const row = this.conversations.find((candidate) => candidate.id === id)
        if (row === undefined) return undefined
        return row.status === 'active' && !this.#rules.canDeleteActive ? 'active' : 'done'
      }
      default:
        return assertNever(kind)
    }
  }

  #delete(kind: DeletableKind, id: string, isHard: boolean): ChangeOutcome {
    const wasKnown = this.#data[listOf[kind]].some((row) => row.id === id)
    const outcome = this.#canDelete(kind, id) ?? (wasKnown ? 'already-gone' : 'unknown-id')
    if (outcome === 'done') {
      this.#markDeleted(kind, id, isHard)
      if (kind === 'replica') this.#takeVoiceAlong(id)
    }
    const mode = isHard ? 'hard' : 'soft'
    this.#set(logDeletion(this.#data, { kind, id, mode, atMs: this.#now(), outcome }))
    return outcome
  }

  #markDeleted(kind: DeletableKind, id: string, isHard: boolean): void {
    const marks = { deletedAtMs: this.#now() + this.#rules.lagMs, isHardDeleted: isHard }
    const list = listOf[kind]
    this.#set({
      [list]: this.#data[list].map((row) => (row.id === id ? { ...row, ...marks } : row))
    })
  }

  #takeVoiceAlong(replicaId: string): void {
    if (this.#rules.voiceAfterReplica() !== 'taken-along') return
    const voiceId = this.#data.replicas.find((row) => row.id === replicaId)?.originalVoiceId
    if (voiceId !== null && voiceId !== undefined) this.#markDeleted('voice', voiceId, true)
  }

  #isVisible(kind: DeletableKind, row: Deletable): boolean {
    if (!this.isDeleted(row)) return true
    return row.isHardDeleted
      ? this.#now() < (row.deletedAtMs ?? 0) + this.#rules.hardStayMs
      : this.#rules.rowsStay[kind]
  }

  #set(change: Partial<AccountData>): void {
    this.#data = { ...this.#data, ...change }
    this.#changed()
  }
}
