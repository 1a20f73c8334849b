import {
  draftFields,
  draftIssues,
  firstValues,
  isVideoField,
  type LinkField,
  type LinkViewName,
  linkFields,
  plainValues,
  sourceField,
  type VideoField,
  videoFields
} from '../../shared/catalogue/draft-fields.ts'
import { mostDrafts } from '../../shared/catalogue/limits.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { TargetRef } from '../../shared/domain/asset.ts'
import {
  type Draft,
  type DraftId,
  type DraftPatch,
  draftIdSchema,
  noChecks,
  noFiles,
  type SharedPatch
} from '../../shared/domain/draft.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { VideoCheck } from '../../shared/domain/video-check.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { type DraftRow, rowOfLink } from '../links/draft-rows.ts'
import { findLinks } from '../links/find-links.ts'
import { nameFromLink } from '../links/name-from-link.ts'
import { readDraftFile } from '../links/read-draft-file.ts'
import type { Emit } from '../ports/emit.ts'
import type { AccountRecord, DraftRecord, Store } from '../ports/store.ts'
import {
  type ChosenFile,
  withFile,
  withLocal,
  withoutFile,
  withoutMadeLinks
} from './draft-files.ts'
import { createDraftLinks, type DraftLinkDeps, withoutLink } from './draft-links.ts'
import { type DraftEvent, isBegun, nextDraft, type OpenDraft } from './draft-states.ts'
import { createDraftVideos } from './draft-videos.ts'
import { newId } from './new-id.ts'
import { readStoredDraft, writeStoredDraft } from './stored-draft.ts'
import type { KnownVideo } from './video-checks.ts'

export interface AddedDrafts {
  readonly added: Draft[]
  /** How many there was no room for. */
  readonly leftOut: number
}

export interface LocalFile {
  readonly draftId: DraftId
  readonly field: VideoField
  readonly path: string
}

/** A draft with the creation that it led to. */
export interface SentDraft {
  readonly id: DraftId
  readonly operationId: string | null
}

export interface DraftDeps extends DraftLinkDeps {
  readonly store: Store
  readonly emit: Emit
  /** Whether the account's provider trains anything. */
  readonly canTrain: (account: AccountRecord) => boolean
  /** A draft's videos may be others now, or it is gone. */
  readonly onVideos: (id: DraftId) => void
}

/** Under which the database keeps the account that trained last. */
export const lastAccountKey = 'lastTrainingAccount'

const alreadyAsked = () =>
  fail({ kind: 'invalid-input', issues: [{ field: '', code: 'already-asked', said: null }] })

/** It was sent, or is about to be, and nobody knows yet what became of it. */
const isUnderWay = ({ draft }: OpenDraft): boolean =>
  draft.state === 'creating' || draft.state === 'unclear'

const tooMany = () =>
  fail({
    kind: 'invalid-input',
    issues: [{ field: 'file', code: 'too-many-drafts', said: null }]
  })

/** A draft without links. */
const noViews = Object.fromEntries(
  linkFields.map((field) => [draftFields[field].view, null])
) as Record<LinkViewName, null>

/** What the links of a row say of it where the row itself says nothing. */
const impliedBy = ({ links }: DraftRow): Partial<Draft> => {
  const has = (field: LinkField): boolean => (links[field] ?? '') !== ''
  return {
    ...(has('trainImageUrl') && !has('trainVideoUrl') ? { trainFrom: 'image' } : {}),
    ...(has('consentVideoUrl') ? { consentIn: 'consent-video' } : {})
  }
}

/** The replicas being prepared. The links' secrets never leave this file but for the request itself. */
export const createDrafts = (deps: DraftDeps) => {
  const { store } = deps
  const { allowedFor, readAs, withLink, reread } = createDraftLinks(deps)
  const { videoOf } = createDraftVideos({ store, allowedFor })
  const open = new Map<DraftId, OpenDraft>()
  /** What was discarded last; its links are in memory like all others. */
  let discarded: readonly OpenDraft[] = []

  const all = (): Draft[] => [...open.values()].map(({ draft }) => draft)
  /** As it stands by now: a check may have begun or ended since it was handed on. */
  const asNow = (draft: Draft): Draft => open.get(draft.id)?.draft ?? draft
  const notify = (changed: readonly Draft[], removedIds: readonly DraftId[] = []): void =>
    deps.emit('draft:changed', { changed: changed.map(asNow), removedIds: [...removedIds] })

  const keep = (...entries: readonly OpenDraft[]): Result<null> => {
    for (const entry of entries) open.set(entry.draft.id, entry)
    const kept = store.transaction((write) => {
      for (const entry of entries) {
        write.putDraft({ id: entry.draft.id, json: writeStoredDraft(entry) })
      }
      return null
    })
    for (const { draft } of entries) deps.onVideos(draft.id)
    return kept
  }

  const mayTrain = (account: AccountRecord): boolean =>
    !account.isReadOnly && deps.canTrain(account)

  /** Where a draft may belong: an account that trains, and the sample only where nothing else does. */
  const trainingAccounts = (): readonly AccountRecord[] => {
    const all = store.read.accounts().filter(mayTrain)
    const own = all.filter(({ isSample }) => !isSample)
    return own.length > 0 ? own : all
  }

  /** The wanted account, else the one that was used last, else the first. */
  const accountFor = (wanted: AccountId | null): AccountId | null => {
    const ids = trainingAccounts().map(({ id }) => id)
    const last = store.read.meta(lastAccountKey)
    return ids.find((id) => id === wanted) ?? ids.find((id) => id === last) ?? ids[0] ?? null
  }

  const blank = (accountId: AccountId | null): OpenDraft => ({
    draft: {
      id: draftIdSchema.parse(newId('drf')),
      accountId: accountFor(accountId),
      ...firstValues,
      ...noViews,
      checks: noChecks,
      state: 'editing',
      error: null,
      createdId: null,
      needsLinkAgain: [],
      files: noFiles
    },
    urls: {},
    paths: {},
    operationId: null
  })

  /** A draft that can still be changed belongs to no account rather than to one that trains nothing. */
  const withUsableAccount = (draft: Draft): Draft => {
    if (draft.accountId === null || (draft.state !== 'editing' && draft.state !== 'unsettled')) {
      return draft
    }
    const account = store.read.account(draft.accountId)
    if (account === null) return { ...draft, accountId: null }
    return draft.state === 'editing' && !mayTrain(account) ? { ...draft, accountId: null } : draft
  }

  /** Brings back what was being prepared; the links themselves must be given again. */
  /** Drafts that came in with a backup; the others stay as they are, with their links. */
  const takeIn = (): void => {
    const known = new Set(open.keys())
    restore(({ id }) => !known.has(id as DraftId))
    notify([...open.values()].flatMap(({ draft }) => (known.has(draft.id) ? [] : [draft])))
  }

  const restore = (isWanted: (record: Pick<DraftRecord, 'id'>) => boolean = () => true): void => {
    for (const record of store.read.drafts().filter(isWanted)) {
      const { draft, operationId, paths } = readStoredDraft(record, {
        ...blank(null).draft,
        accountId: null
      })
      const isOfFile = (field: LinkField): boolean =>
        isVideoField(field) && draft.files[field] !== null
      const needsLinkAgain =
        draft.state === 'created'
          ? []
          : linkFields.filter(
              (field) => draft[draftFields[field].view] !== null && !isOfFile(field)
            )
      // Begun alone, nothing was sent of it.
      const wasSent = operationId === null ? 'editing' : 'unclear'
      const state = draft.state === 'creating' ? wasSent : draft.state
      const restored = withUsableAccount({ ...draft, state, needsLinkAgain })
      const entry = { draft: restored, urls: {}, paths, operationId }
      // The link to an uploaded file is made anew from its bucket.
      open.set(draft.id, state === 'created' ? entry : withoutMadeLinks(entry))
    }
  }

  const fromRow = (row: DraftRow, accountId: AccountId | null): OpenDraft => {
    const entry = linkFields.reduce(
      (now, field) => withLink(now, field, row.links[field] ?? ''),
      blank(accountId)
    )
    const { draft } = entry
    return {
      ...entry,
      draft: {
        ...draft,
        ...impliedBy(row),
        replicaName: nameFromLink((draft.trainVideo ?? draft.trainImage)?.fileName ?? ''),
        ...row.values,
        error: row.issues.length === 0 ? null : { kind: 'invalid-input', issues: [...row.issues] }
      }
    }
  }

  const isUntouched = ({ draft }: OpenDraft): boolean =>
    draft.state === 'editing' &&
    linkFields.every((field) => draft[draftFields[field].view] === null) &&
    videoFields.every((field) => draft.files[field] === null) &&
    draft.replicaName === ''

  const untouched = (): readonly DraftId[] =>
    [...open.values()].filter(isUntouched).map(({ draft }) => draft.id)

  const discardStored = (ids: readonly DraftId[]): Result<null> => {
    for (const id of ids) open.delete(id)
    const removed = store.transaction((write) => {
      for (const id of ids) write.removeDraft(id)
      return null
    })
    for (const id of ids) deps.onVideos(id)
    return removed
  }

  /** Adds drafts; links take the place of a form that was opened and never filled in. */
  const addEntries = (
    entries: readonly OpenDraft[],
    leftOut = 0,
    replaced: readonly DraftId[] = []
  ): Result<AddedDrafts> => {
    if (replaced.length > 0) discardStored(replaced)
    const kept = keep(...entries)
    if (!kept.ok) {
      if (replaced.length > 0) notify([], replaced)
      return kept
    }
    const added = entries.map(({ draft }) => asNow(draft))
    // At once, so that the window never stands without any.
    notify(added, replaced)
    return ok({ added, leftOut })
  }

  /** Takes the place of forms that were opened and never filled in; `count` is how many there would be. */
  const addInstead = (entries: readonly OpenDraft[], count: number): Result<AddedDrafts> => {
    const blanks = untouched()
    const fitting = entries.slice(0, mostDrafts - open.size + blanks.length)
    return addEntries(fitting, count - fitting.length, fitting.length > 0 ? blanks : [])
  }

  /** A draft for each file, named after it. */
  const addVideos = (
    files: readonly ChosenFile[],
    accountId: AccountId | null
  ): Result<AddedDrafts> => {
    const entries = files.slice(0, mostDrafts).map((file) => {
      const entry = withFile(blank(accountId), 'trainVideoUrl', file)
      return { ...entry, draft: { ...entry.draft, replicaName: nameFromLink(file.fileName) } }
    })
    return addInstead(entries, files.length)
  }

  const addRows = (rows: readonly DraftRow[], accountId: AccountId | null): Result<AddedDrafts> =>
    addInstead(
      rows.slice(0, mostDrafts).map((row) => fromRow(row, accountId)),
      rows.length
    )

  const addBlank = (accountId: AccountId | null): Result<AddedDrafts> =>
    open.size >= mostDrafts ? tooMany() : addEntries([blank(accountId)])

  /** A draft for each link in a text, or an empty one if there is none. */
  const add = (text: string, accountId: AccountId | null): Result<AddedDrafts> => {
    const links = findLinks(text)
    return links.length === 0 ? addBlank(accountId) : addRows(links.map(rowOfLink), accountId)
  }

  /** A draft for each row of a file. `invalid-input` about `file` if nothing can be made of it. */
  const addFile = async (
    content: string,
    accountId: AccountId | null,
    fileName: string,
    encoding: string | null = null
  ): Promise<Result<AddedDrafts>> => {
    const rows = await readDraftFile(fileName, content, encoding)
    return rows.ok ? addRows(rows.value, accountId) : rows
  }

  const find = (id: DraftId): Result<OpenDraft> => {
    const entry = open.get(id)
    return entry === undefined ? fail({ kind: 'not-found' }) : ok(entry)
  }

  const get = (id: DraftId): Result<Draft> => {
    const found = find(id)
    return found.ok ? ok(found.value.draft) : found
  }

  /** Whether drafts may belong to the account that a patch names. */
  const accountIn = ({ accountId }: DraftPatch): Result<null> => {
    const account = accountId === undefined ? null : store.read.account(accountId)
    if (accountId === undefined || (account !== null && mayTrain(account))) return ok(null)
    const issues = [{ field: 'accountId', code: 'trains-nothing', said: null }]
    return fail({ kind: 'invalid-input', issues })
  }

  const changedBy = (known: OpenDraft, patch: DraftPatch): OpenDraft => {
    const before = known.draft
    const values = plainValues((field) => patch[field] ?? before[field])
    let entry: OpenDraft = {
      ...known,
      draft: {
        ...before,
        ...values,
        accountId: patch.accountId ?? before.accountId,
        error: null
      }
    }
    for (const field of linkFields) {
      const text = patch[field]
      if (text !== undefined) entry = withLink(withoutFile(entry, field), field, text)
    }
    return reread(entry)
  }

  const update = (id: DraftId, patch: DraftPatch): Result<Draft> => {
    const found = find(id)
    if (!found.ok) return found
    if (found.value.draft.state !== 'editing') return alreadyAsked()
    const account = accountIn(patch)
    if (!account.ok) return account
    const entry = changedBy(found.value, patch)
    const kept = keep(entry)
    if (!kept.ok) return kept
    notify([entry.draft])
    return get(id)
  }

  /** Puts the corrected form of a link in its place. `not-found` if none is known. */
  const mendLink = (id: DraftId, field: LinkField): Result<Draft> => {
    const found = find(id)
    if (!found.ok) return found
    const url = found.value.urls[field]
    const mended = url === undefined ? null : readAs(found.value, field, url).mended
    return mended === null ? fail({ kind: 'not-found' }) : update(id, { [field]: mended })
  }

  /** Changes a draft that was not sent yet, on disk and on the screen. */
  const change = (id: DraftId, how: (entry: OpenDraft) => OpenDraft): Result<Draft> => {
    const found = find(id)
    if (!found.ok) return found
    if (found.value.draft.state !== 'editing' && !isBegun(found.value)) {
      return ok(found.value.draft)
    }
    const next = how(found.value)
    const kept = keep(next)
    notify([next.draft])
    return kept.ok ? get(id) : kept
  }

  /** Changes every draft that was not sent. */
  const applyToAll = (patch: SharedPatch): Result<{ count: number }> => {
    const account = accountIn(patch)
    if (!account.ok) return account
    const entries = [...open.values()]
      .filter(({ draft }) => draft.state === 'editing')
      .map((entry) => changedBy(entry, patch))
    const kept = keep(...entries)
    if (!kept.ok) return kept
    notify(entries.map(({ draft }) => draft))
    return ok({ count: entries.length })
  }

  /** Takes drafts away, those that are still there. What is under way stays; `already-asked` if that is all of them. */
  const discard = (ids: readonly DraftId[]): Result<Record<never, never>> => {
    const known = ids.flatMap((id) => open.get(id) ?? [])
    const entries = known.filter((entry) => !isUnderWay(entry))
    if (entries.length === 0 && known.length > 0) return alreadyAsked()
    const removed = discardStored(entries.map(({ draft }) => draft.id))
    if (!removed.ok) return removed
    // What was sent is not sent again, so it stays away.
    // Its checks end with it, and a conversion too.
    discarded = entries
      .filter(({ draft }) => draft.state === 'editing')
      .map((entry) => ({ ...entry, draft: { ...entry.draft, checks: noChecks } }))
    notify(
      [],
      entries.map(({ draft }) => draft.id)
    )
    return ok({})
  }

  /** Drafts that something was created from. */
  const createdFor = ({ accountId, kind, id }: TargetRef): readonly DraftId[] =>
    kind !== 'replica'
      ? []
      : all()
          .filter((draft) => draft.accountId === accountId && draft.createdId === id)
          .map((draft) => draft.id)

  /** Takes drafts away for good: nothing brings them back. */
  const forget = (ids: readonly DraftId[]): Result<null> => {
    if (ids.length === 0) return ok(null)
    const removed = discardStored(ids)
    notify([], ids)
    return removed
  }

  /** What was discarded last, as it was. */
  const restoreDiscarded = (): Result<AddedDrafts> => {
    const blanks = untouched()
    const back = discarded.slice(0, mostDrafts - open.size + blanks.length)
    const leftOut = discarded.length - back.length
    discarded = []
    return addEntries(back.map(reread), leftOut, back.length > 0 ? blanks : [])
  }

  /**
   * The draft as it would be sent now, its links read anew: one may have run out since it was dropped. `invalid-input`
   * with what is missing, or `already-asked`.
   */
  const readyToSend = (id: DraftId): Result<OpenDraft> => {
    const found = find(id)
    if (!found.ok) return found
    if (found.value.draft.state !== 'editing' && !isBegun(found.value)) return alreadyAsked()
    const entry = reread(found.value)
    const issues = draftIssues(entry.draft)
    return issues.length > 0 || entry.urls[sourceField(entry.draft)] === undefined
      ? fail({ kind: 'invalid-input', issues: [...issues] })
      : ok(entry)
  }

  /**
   * From now on the draft stays as the person saw it when they asked for it, until it is sent or cannot be. Not on
   * disk: after a crash nothing was sent. `already-asked`, `not-found`.
   */
  const begin = (id: DraftId): Result<Draft> => {
    const found = find(id)
    if (!found.ok) return found
    const next = nextDraft(found.value, { kind: 'begun' })
    if (next === null) return alreadyAsked()
    open.set(id, next)
    notify([next.draft])
    return get(id)
  }

  /** Lets something happen to a draft, on disk and on the screen. Null: it is gone, or that cannot happen to it. */
  const apply = (id: DraftId, event: DraftEvent): Result<Draft> | null => {
    const entry = open.get(id)
    const next =
      entry === undefined ? null : nextDraft(event.kind === 'asked' ? reread(entry) : entry, event)
    if (next === null) return null
    const kept = keep(next)
    notify([next.draft])
    return kept.ok ? get(id) : kept
  }

  /** Makes a draft whose fate the listings could not tell one that can be changed and sent again. */
  const reopen = (id: DraftId): Result<Draft> => {
    const reopened = apply(id, { kind: 'reopened' })
    const found = find(id)
    return reopened ?? (found.ok ? ok(found.value.draft) : found)
  }

  /** Sent, and nobody knows yet what became of it. */
  const unclear = (): readonly SentDraft[] =>
    [...open.values()].flatMap(({ draft, operationId }) =>
      draft.state === 'unclear' ? [{ id: draft.id, operationId }] : []
    )

  /** The draft that a creation came from. */
  const ofOperation = (operationId: string): DraftId | null =>
    [...open.values()].find((entry) => entry.operationId === operationId)?.draft.id ?? null

  /** After an account was changed or removed: what was being prepared for it is kept, for another one to be chosen. */
  const forAccountChanged = (accountId: AccountId): void => {
    const isGone = store.read.account(accountId) === null
    const entries = [...open.values()].filter(({ draft }) => draft.accountId === accountId)
    // What was sent belongs to the account; the history keeps it.
    const isOver = ({ draft }: OpenDraft): boolean => isGone && draft.state !== 'editing'
    const over = entries.filter(isOver).map(({ draft }) => draft.id)
    const kept = entries
      .filter((entry) => !isOver(entry))
      .map((entry) => ({ ...entry, draft: withUsableAccount(entry.draft) }))
    discardStored(over)
    keep(...kept)
    notify(
      kept.map(({ draft }) => draft),
      over
    )
  }

  /** Another draft like one that was sent before, for its links to be given again. */
  const addAgain = (known: Partial<Draft>): Result<AddedDrafts> => {
    if (open.size >= mostDrafts) return tooMany()
    const entry = blank(known.accountId ?? null)
    const { accountId } = entry.draft
    return addEntries([{ ...entry, draft: { ...entry.draft, ...known, accountId } }])
  }

  /** A draft's videos that can be checked; null: there is no such draft. */
  const videos = (id: DraftId): Record<VideoField, KnownVideo | null> | null => {
    const entry = open.get(id)
    if (entry === undefined) return null
    const known = videoFields.map((field) => [field, videoOf(entry, field)] as const)
    return Object.fromEntries(known) as Record<VideoField, KnownVideo | null>
  }

  /** Puts a check on a draft and tells the window. Nothing of it is stored. */
  const setCheck = (id: DraftId, field: VideoField, check: VideoCheck | null): void => {
    const entry = open.get(id)
    if (entry === undefined) return
    const checks = { ...entry.draft.checks, [field]: check }
    const draft = { ...entry.draft, checks }
    open.set(id, { ...entry, draft })
    notify([draft])
  }

  /** Makes a file on this computer a draft's video, in the place of a link. `already-asked`. */
  const setFile = (id: DraftId, field: VideoField, file: ChosenFile): Result<Draft> => {
    const found = find(id)
    if (!found.ok) return found
    return found.value.draft.state === 'editing'
      ? change(id, (entry) => withFile(entry, field, file))
      : alreadyAsked()
  }

  const filePath = (id: DraftId, field: VideoField): string | null =>
    open.get(id)?.paths[field] ?? null

  /** Every file that a draft's video is to be made of, and where it lies. */
  const localFiles = (): readonly LocalFile[] =>
    [...open.values()].flatMap(({ draft, paths }) =>
      videoFields.flatMap((field) => {
        const path = paths[field]
        return path === undefined || draft.state !== 'editing'
          ? []
          : [{ draftId: draft.id, field, path }]
      })
    )

  /** The creation that a draft was sent by; null: it was not sent. */
  const operationOf = (id: DraftId): string | null => open.get(id)?.operationId ?? null

  const setUpload = (id: DraftId, field: VideoField, uploadId: UploadId | null): void => {
    change(id, (entry) => {
      const isChanged = uploadId === null && entry.draft.files[field]?.isChanged === true
      return withLocal(entry, field, { uploadId, isChanged })
    })
  }

  /** What was uploaded is not what lies there now, so neither it nor its link is the draft's any more. */
  const setChanged = (id: DraftId, field: VideoField, sizeBytes: number): void => {
    change(id, (entry) =>
      withoutLink(withLocal(entry, field, { sizeBytes, isChanged: true, uploadId: null }), field)
    )
  }

  const setMissing = (id: DraftId, field: VideoField, isMissing: boolean): void => {
    if (open.get(id)?.draft.files[field]?.isMissing === isMissing) return
    change(id, (entry) => withLocal(entry, field, { isMissing }))
  }

  /** The link to what was uploaded of a field's file becomes the field's link. */
  const setUploadedLink = (id: DraftId, field: VideoField, url: string): void => {
    change(id, (entry) => (entry.draft.files[field] === null ? entry : withLink(entry, field, url)))
  }

  return {
    all,
    setFile,
    localFiles,
    filePath,
    operationOf,
    setUpload,
    setMissing,
    setChanged,
    setUploadedLink,
    addVideos,
    get,
    videos,
    setCheck,
    restore: () => restore(),
    takeIn,
    add,
    addFile,
    addAgain,
    update,
    mendLink,
    applyToAll,
    discard,
    restoreDiscarded,
    createdFor,
    forget,
    reopen,
    begin,
    readyToSend,
    apply,
    unclear,
    ofOperation,
    forAccountChanged
  }
}
export type Drafts = ReturnType<typeof createDrafts>
