import { join } from 'node:path'
import { targetKey } from '../../shared/catalogue/keys.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import { providerName } from '../../shared/catalogue/providers.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Archive } from '../../shared/domain/archive.ts'
import type { Asset, AssetQuery, AssetRef } from '../../shared/domain/asset.ts'
import type { ConsentNote } from '../../shared/domain/consent-note.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { Person, PersonId } from '../../shared/domain/person.ts'
import {
  mostTalks,
  type PersonSave,
  type PersonTalks,
  type SavedFolder,
  type TranscriptChoice
} from '../../shared/domain/person-save.ts'
import type { Transcript } from '../../shared/domain/transcript.ts'
import { t } from '../../shared/messages/messages.ts'
import { redact } from '../../shared/redact.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { ArchiveDownload } from '../ports/archive-writer.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type {
  FolderContent,
  FolderPage,
  FolderSaved,
  FolderWritten,
  PersonFolderWriter,
  PersonPageFacts
} from '../ports/person-folder.ts'
import type { ObservedAsset, Outputs, Provider } from '../ports/provider.ts'
import type { FolderReceiptFacts, ReceiptIssuer } from '../ports/receipt-issuer.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { createThrottle } from '../rules/throttle.ts'
import { loopbackOrigin } from './draft-links.ts'
import { appEvent } from './history-event.ts'
import { historyRecords } from './history-records.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'
import type { Transcripts } from './transcripts.ts'

export interface PersonSavingDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly emit: Emit
  readonly supervisor: Supervisor
  readonly stopping: AbortSignal
  /** Asks the person for a folder; null if they thought better of it. */
  readonly askFolder: () => Promise<string | null>
  readonly writer: PersonFolderWriter
  readonly issuer: Pick<ReceiptIssuer, 'key' | 'folderStatement' | 'saveFolder'>
  readonly appVersion: string
  /** Keeps the links of an asset that was just read. */
  readonly rememberLinks: (account: AccountRecord, asset: ObservedAsset) => void
  /** The index, and the consent notes in words, in the person's language. */
  readonly pageOf: (facts: PersonPageFacts) => string
  readonly readTranscript: Transcripts['ask']
  readonly transcriptInWords: (name: string, transcript: Transcript) => string
  readonly notesInWords: (personName: string, notes: readonly ConsentNote[]) => string
}

/** What was said, and what could not be had of it. */
type Said = Pick<FolderContent, 'texts' | 'gaps'>

/** Files that were made with an asset, and what could not be had of them. */
type Outputting = Pick<FolderContent, 'downloads' | 'gaps'>

const nothingSaid: Said = { texts: [], gaps: [] }

const pageSize = 500
const mostGaps = 20
const progressGapMs = 250

/** As many as one folder of an asset takes. */
const mostOutputs = 500

/** Where a picture and a film of an asset are; a clip stands in for a film that there is none of. */
const linksIn = ({ kind, posterUrl, clipUrl, links }: ObservedAsset) => {
  if (kind === 'voice') return [['sample', clipUrl]] as const
  const film = links.download ?? null
  return [
    ['picture', posterUrl],
    ['film', film],
    ['clip', film === null && clipUrl !== posterUrl ? clipUrl : null]
  ] as const
}

const withoutSecrets = (value: unknown): unknown => {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withoutSecrets(part)])
  )
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const sampleOf = (accounts: readonly (AccountRecord | null)[]): 'none' | 'some' | 'all' => {
  const count = accounts.filter((account) => account?.isSample === true).length
  return count === 0 ? 'none' : count === accounts.length ? 'all' : 'some'
}

/** Saves everything of a person into one folder: what they asked for, or what is about to be deleted. */
export const createPersonSaving = (deps: PersonSavingDeps) => {
  const { store, clock, emit } = deps
  let now: PersonSave | null = null
  let stop: AbortController | null = null
  let savedPath: string | null = null

  const tell = createThrottle(clock, progressGapMs, (_name: 'saving') => {
    if (now !== null) emit('person:savingChanged', now)
  })

  function* listedBy(query: Partial<AssetQuery>): Generator<Asset> {
    for (const kind of assetKinds) {
      for (let offset = 0; ; offset += pageSize) {
        const range = { kind, offset, limit: pageSize, presence: 'all' } as const
        const { rows } = store.read.assets({ ...anyListed, ...query, ...range })
        yield* rows
        if (rows.length < pageSize) break
      }
    }
  }

  /** The voices that were made with a face; one that a face merely speaks with may be anybody's. */
  const ownVoicesOf = (ref: AssetRef, personId: PersonId): readonly Asset[] =>
    ref.kind !== 'replica'
      ? []
      : store.read
          .voiceUses(ref)
          .filter(({ how }) => how.includes('original'))
          .flatMap((use) => store.read.asset(use.ref) ?? [])
          .filter(
            (voice) =>
              voice.origin !== 'stock' && (voice.personId === null || voice.personId === personId)
          )

  /**
   * What is tied to the person, and what was made with it, unless that is tied to somebody else. Those that are gone at
   * the provider, too: what is stored of them is about the person.
   */
  const assetsOf = (personId: PersonId): readonly Asset[] => {
    const tied = [...listedBy({ personId })]
    const made = tied.flatMap(({ ref: { accountId, id } }) =>
      [...listedBy({ accountId, parentId: id })].filter(
        (asset) => asset.personId === null || asset.personId === personId
      )
    )
    const voices = [...tied, ...made].flatMap(({ ref }) => ownVoicesOf(ref, personId))
    const all = [...tied, ...made, ...voices]
    return [...new Map(all.map((asset) => [targetKey(asset.ref), asset])).values()]
  }

  const personOf = (id: PersonId): Person | null =>
    store.read.persons().find((person) => person.id === id) ?? null

  /** What was said, only where the person chose to hand it over. */
  const saidIn = async (asset: Asset, signal: AbortSignal): Promise<Said> => {
    if (asset.ref.kind !== 'conversation') return nothingSaid
    const transcript = await deps.readTranscript(asset.ref, signal)
    if (!transcript.ok) return { texts: [], gaps: [{ name: 'transcript', reason: 'unreachable' }] }
    if (transcript.value.lines.length === 0) return nothingSaid
    const text = deps.transcriptInWords(redact(asset.name) || asset.ref.id, transcript.value)
    return { texts: [{ name: 'transcript.txt', text }], gaps: [] }
  }

  /** What was made with versions and is still there, asked for once for all of an account, and not before it is needed. */
  const createOutputs = (assets: readonly Asset[], signal: AbortSignal) => {
    const asked = new Map<string, Promise<Result<Outputs>>>()
    return async (account: AccountRecord, { ref }: Asset): Promise<Outputting> => {
      const { listOutputs } = deps.providerOf(account)
      if (listOutputs === undefined || ref.kind !== 'version') return { downloads: [], gaps: [] }
      const ids = assets
        .map((asset) => asset.ref)
        .filter(({ accountId, kind }) => accountId === account.id && kind === 'version')
        .map(({ id }) => id)
      const listing =
        asked.get(account.id) ?? listOutputs(deps.keyRing.connect(account), ids, signal)
      asked.set(account.id, listing)
      const listed = await listing
      const missing = [{ name: 'output', reason: 'unreachable' }] as const
      if (!listed.ok) return { downloads: [], gaps: [...missing] }
      const urls = listed.value.urls.get(ref.id) ?? []
      const isWhole = listed.value.isComplete && urls.length <= mostOutputs
      const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
      return {
        downloads: urls.slice(0, mostOutputs).map((url, index) => ({
          stem: `output-${index + 1}`,
          url,
          allowLoopbackOrigin
        })),
        gaps: isWhole ? [] : [...missing]
      }
    }
  }

  const contentOf = async (
    asset: Asset,
    isSaid: boolean,
    outputsOf: ReturnType<typeof createOutputs>,
    signal: AbortSignal
  ): Promise<FolderContent> => {
    const {
      posterId: _poster,
      clipId: _clip,
      deletion: _deletion,
      personId: _person,
      ...kept
    } = asset
    const account = store.read.account(asset.ref.accountId)
    const about = { account: account?.name ?? null, provider: account?.provider ?? null }
    const metadata = withoutSecrets({
      ...about,
      ...kept,
      note: store.read.note({ what: 'asset', ref: asset.ref })
    }) as Readonly<Record<string, unknown>>
    const nothing = { metadata, downloads: [], ...nothingSaid }
    if (asset.presence === 'gone') return { ...nothing, missing: null }
    if (account === null) return { ...nothing, missing: 'no-link' }
    const connection = deps.keyRing.connect(account)
    const read = await deps
      .providerOf(account)
      .get(connection, asset.ref.kind, asset.ref.id, signal)
    if (!read.ok) return { ...nothing, missing: 'unreachable' }
    const { found } = read.value
    if (found === null) return { ...nothing, missing: 'gone' }
    deps.rememberLinks(account, found)
    const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
    const downloads = linksIn(found).flatMap(([stem, url]): readonly ArchiveDownload[] =>
      url === null ? [] : [{ stem, url, allowLoopbackOrigin }]
    )
    const said = isSaid ? await saidIn(asset, signal) : nothingSaid
    const outputs = await outputsOf(account, asset)
    return {
      metadata,
      downloads: [...downloads, ...outputs.downloads],
      texts: said.texts,
      gaps: [...said.gaps, ...outputs.gaps],
      missing: null
    }
  }

  /** Records name a person by their name alone; where two have the same, nobody's are handed to the other. */
  const historyOf = ({ id, name }: Person, assets: readonly Asset[]): readonly HistoryEvent[] => {
    const isShared = store.read.persons().some((other) => other.id !== id && other.name === name)
    const own = isShared
      ? []
      : historyRecords(
          store,
          { search: name, accountId: null, asset: null },
          ({ assetId, body }) => {
            return assetId === null && (body['person'] === name || body['before'] === name)
          }
        )
    const all = [
      ...own,
      ...assets.flatMap(({ ref }) =>
        historyRecords(store, { search: '', accountId: null, asset: ref }, () => true)
      )
    ]
    return [...new Map(all.map((event) => [event.seq, event])).values()].sort(
      (a, b) => a.seq - b.seq
    )
  }

  const pagesOf = (
    person: Person,
    assets: readonly Asset[],
    savedAt: string,
    saved: readonly FolderSaved[]
  ): readonly FolderPage[] => {
    const notes = store.read.consentNotes(person.id)
    const history = historyOf(person, assets)
    const items = assets.flatMap((asset, index) => {
      const account = store.read.account(asset.ref.accountId)
      const files = saved[index]
      if (account === null || files === undefined) return []
      const { name: accountName, provider } = account
      const note = store.read.note({ what: 'asset', ref: asset.ref })
      return [{ asset, accountName, providerName: providerName(provider), saved: files, note }]
    })
    const { assetCount: _count, posterId: _poster, id: _id, ...about } = person
    return [
      { name: 'index.html', text: deps.pageOf({ person, savedAt, items, notes, history }) },
      { name: 'person.json', text: toJson({ ...about, consentNotes: notes }) },
      { name: 'history.json', text: toJson(history) },
      ...(notes.length === 0
        ? []
        : [{ name: 'consents.txt', text: deps.notesInWords(person.name, notes) }])
    ]
  }

  const lastRecord = (): HistoryEvent => {
    const query = {
      search: '',
      accountId: null,
      asset: null,
      group: 'all',
      beforeSeq: null
    } as const
    const [last] = store.read.history({ ...query, limit: 1 }).rows
    if (last === undefined) throw new Error('What was just written is not in the history')
    return last
  }

  const note = (event: Parameters<typeof appEvent>): Result<HistoryEvent> => {
    const noted = store.transaction((write) => write.append(appEvent(...event)))
    return noted.ok ? ok(lastRecord()) : noted
  }

  /** Signs what was saved. Without the keychain there is no receipt, and the folder waits for it. */
  const receiptFor = async (
    { path, folderName, files, sizeBytes, gaps, sumsSha256 }: FolderWritten,
    person: Person,
    assets: readonly Asset[]
  ): Promise<Result<SavedFolder['receipt']>> => {
    const sample = sampleOf(assets.map(({ ref }) => store.read.account(ref.accountId)))
    const about = { person: person.name, folderName, files, sizeBytes, gaps: gaps.length }
    const saved = note(['person-saved', { ...about, sumsSha256, sample }])
    if (!saved.ok) return saved
    const key = await deps.issuer.key()
    if (!key.ok) return ok('no-key')
    const facts: FolderReceiptFacts = {
      receiptId: newId('rcp'),
      madeAt: clock.nowAt(),
      appVersion: deps.appVersion,
      key: key.value,
      saved: saved.value
    }
    const statement = deps.issuer.folderStatement(facts)
    const made = note(['receipt-made', { receipt: facts.receiptId, statement }])
    if (!made.ok) return made
    const signed = await deps.issuer.saveFolder(join(path, 'receipt.json'), facts, made.value)
    if (!signed.ok) return signed.error.kind === 'storage-failed' ? signed : ok('no-key')
    await deps.writer.finish(path)
    return ok('signed')
  }

  const save = async (
    person: Person,
    parent: string,
    transcripts: TranscriptChoice,
    signal: AbortSignal
  ): Promise<Result<SavedFolder>> => {
    const savedAt = clock.nowAt()
    const assets = assetsOf(person.id)
    const silent = new Set(transcripts?.without.map(targetKey))
    const isSaid = ({ ref }: Asset): boolean =>
      transcripts !== null && ref.kind === 'conversation' && !silent.has(targetKey(ref))
    // What was saved without its transcript is not whole once that is wanted, and the other way around.
    const keyOf = (asset: Asset): string =>
      isSaid(asset) ? `${targetKey(asset.ref)} said` : targetKey(asset.ref)
    const byKey = new Map(assets.map((asset) => [keyOf(asset), asset]))
    const outputsOf = createOutputs(assets, signal)
    const written = await deps.writer.write(
      {
        parent,
        label: t('savedPage.folder', { name: redact(person.name), date: savedAt.slice(0, 10) }),
        owner: person.id,
        items: [...byKey].map(([key, { ref, name }]) => ({
          key,
          label: `${ref.kind} ${redact(name)}`
        })),
        contentOf: ({ key }) => {
          const asset = byKey.get(key)
          if (asset === undefined) throw new Error('The folder asked for what is not there')
          return contentOf(asset, isSaid(asset), outputsOf, signal)
        },
        pagesOf: (saved) => pagesOf(person, assets, savedAt, saved),
        onProgress: (done, sizeBytes) => {
          if (now !== null) now = { ...now, done, sizeBytes, all: assets.length }
          tell('saving')
        }
      },
      signal
    )
    if (!written.ok) return written
    savedPath = written.value.path
    const receipt = await receiptFor(written.value, person, assets)
    if (!receipt.ok) return receipt
    const { folderName, files, sizeBytes, gaps } = written.value
    return ok({
      folderName,
      files,
      sizeBytes,
      gaps: gaps.slice(0, mostGaps) as Archive['gaps'],
      gapCount: gaps.length,
      receipt: receipt.value
    })
  }

  const end = (patch: Partial<PersonSave>): void => {
    if (now === null) return
    now = { ...now, ...patch }
    stop = null
    emit('person:savingChanged', now)
  }

  const run = async (
    person: Person,
    parent: string,
    transcripts: TranscriptChoice,
    signal: AbortSignal
  ): Promise<void> => {
    try {
      const saved = await save(person, parent, transcripts, signal)
      if (saved.ok) end({ state: 'saved', saved: saved.value })
      else if (saved.error.kind === 'canceled') end({ state: 'stopped' })
      else end({ state: 'failed', error: saved.error })
    } catch (error) {
      const reference = deps.supervisor.report('app', error)
      end({ state: 'failed', error: { kind: 'bug', reference } })
    }
  }

  /** Asks for a folder and begins; null if the person thought better of it. What goes on already is answered as it is. */
  const begin = async (
    personId: PersonId,
    transcripts: TranscriptChoice
  ): Promise<Result<{ save: PersonSave | null }>> => {
    if (stop !== null) return ok({ save: now })
    if (personOf(personId) === null) return fail({ kind: 'not-found' })
    const parent = await deps.askFolder()
    const person = personOf(personId)
    if (parent === null || person === null || stop !== null) return ok({ save: null })
    const stopped = new AbortController()
    stop = stopped
    const counts = { done: 0, all: 0, sizeBytes: 0 }
    now = { personId, state: 'saving', ...counts, saved: null, error: null }
    const signal = AbortSignal.any([stopped.signal, deps.stopping])
    deps.supervisor.start('app', () => run(person, parent, transcripts, signal))
    return ok({ save: now })
  }

  /** The conversations of a person that there are to be read, newest first. */
  const conversations = (personId: PersonId): PersonTalks => {
    const all = assetsOf(personId)
      .filter(({ ref, presence }) => ref.kind === 'conversation' && presence === 'listed')
      .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
    const talks = all.slice(0, mostTalks)
    return {
      count: all.length,
      talks: talks.map(({ ref, name, createdAt }) => ({ ref, name, createdAt }))
    }
  }

  return {
    begin,
    conversations,
    stop: (): void => stop?.abort(),
    current: (): PersonSave | null => now,
    /** Where the last folder is that was saved in this run. */
    savedPath: (): string | null => savedPath
  }
}
