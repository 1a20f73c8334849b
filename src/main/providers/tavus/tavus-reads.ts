import { isStepChange } from '../../../shared/catalogue/kinds.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import { mostTooLarge, type TooLarge } from '../../../shared/domain/sync.ts'
import type { AppError } from '../../../shared/errors.ts'
import { redact } from '../../../shared/redact.ts'
import { assertNever, fail, ok, type Result } from '../../../shared/result.ts'
import type {
  Connection,
  Lookup,
  ObservedAsset,
  ObservedListing,
  OnFound,
  Provider
} from '../../ports/provider.ts'
import { parseJson } from '../../rules/parse-json.ts'
import { createWalkBudget, type WalkBudget, type WalkLimits } from '../../rules/walk-budget.ts'
import { type Call, isDone, readShape, shapeError } from '../account-call.ts'
import {
  assetUrl,
  isTavusAssetKind,
  type ListParameters,
  listUrl,
  notOffered,
  readTavusId,
  type TavusAssetKind
} from './tavus-address.ts'
import { MAX_ANSWER_BYTES } from './tavus-call.ts'
import { refusalOf, saysUnknown } from './tavus-errors.ts'
import { isTooLarge, type ListPage, type PagePlace } from './tavus-list-pass.ts'
import { type WalkedList, walkList } from './tavus-list-walk.ts'
import { type RowContext, readRow, unwrapped } from './tavus-mapping.ts'
import { isChanged } from './tavus-repoint.ts'
import { pageWireSchema, personaPageWireSchema, statusWireSchema } from './tavus-wire.ts'

const PAGE_LIMIT = 100
/** Their instructions can be long, and an answer must stay below what is read of one. */
const PERSONAS_PER_PAGE = 25
const MAX_IDS = 50
/** Keeps the address of a question about several ids short enough for any server. */
const MAX_IDS_CHARACTERS = 1_500

/** Whose assets a walk asks for; null: everybody's, and each row says whose it is. */
type Walked = 'own' | 'stock' | null

const typeOf = { own: 'user', stock: 'system' } as const

interface TellingPage extends ListPage {
  readonly redactText: RowContext['redactText']
}

/** Parts ids into questions, each id once. */
const inBatches = (ids: readonly AssetId[]): readonly (readonly AssetId[])[] => {
  const batches: AssetId[][] = []
  let characters = 0
  for (const id of new Set(ids)) {
    const last = batches.at(-1)
    characters += id.length + 1
    if (last === undefined || last.length === MAX_IDS || characters > MAX_IDS_CHARACTERS) {
      batches.push([id])
      characters = id.length + 1
    } else {
      last.push(id)
    }
  }
  return batches
}

/**
 * What a list is asked for beside the place in it. Videos have no type: nobody but the account can have made them. Which
 * voices come unasked is not documented, so all are asked for, and each says whose it is. Some PALs are listed under no type
 * at all, so at first none is asked for.
 */
const formOf = (kind: TavusAssetKind, origin: Walked, isBrief: boolean): ListParameters => {
  const form = isBrief ? {} : { verbose: 'true' }
  switch (kind) {
    case 'replica':
      return { ...form, replica_type: origin === null ? 'user' : typeOf[origin] }
    case 'video':
      return form
    case 'voice':
      return { source: 'all' }
    case 'persona':
      return origin === null ? {} : { persona_type: typeOf[origin] }
    case 'conversation':
      // A longer form would have what was said.
      return {}
    default:
      return assertNever(kind)
  }
}

const tooLargeList = {
  replica: 'replicas',
  video: 'videos',
  voice: 'voices',
  persona: 'personas',
  conversation: 'conversations'
} as const satisfies Readonly<Record<TavusAssetKind, TooLarge['list']>>

/** The id of the row that an answer begins with. It only names what could not be read. */
const readStart = (start: string): string | null => {
  const [, id] =
    /"(?:replica_id|face_id|video_id|voice_id|persona_id|pal_id|conversation_id)"\s*:\s*"([^"]{1,128})"/.exec(
      start
    ) ?? []
  return readTavusId(id)
}

const endless: AppError = { kind: 'unexpected-response', where: 'endless' }

/** What the lists of a kind, one after the other, came to. */
const listingOf = (kind: TavusAssetKind, lists: readonly WalkedList[]): ObservedListing => {
  const tooLarge = lists.flatMap((list): readonly TooLarge[] =>
    list.tooLarge.map((row) => ({ ...row, list: tooLargeList[kind] }))
  )
  const seenIds = new Set(tooLarge.flatMap(({ id }) => id ?? []))
  for (const list of lists) for (const id of list.seenIds) seenIds.add(id)
  return {
    seenIds,
    isComplete: lists.every(({ isComplete }) => isComplete),
    hasEnded: lists.every(({ hasEnded }) => hasEnded),
    unreadableCount: lists.reduce((sum, { unreadableCount }) => sum + unreadableCount, 0),
    tooLarge: tooLarge.slice(0, mostTooLarge),
    ...(lists.some(({ isCut }) => isCut) ? { error: endless } : {})
  }
}

/** Everything that only looks. */
export const createReads = (
  call: Call,
  walkLimits?: WalkLimits
): Pick<Provider, 'checkKey' | 'list' | 'watch' | 'get' | 'probe'> => {
  const fetchList = async (
    connection: Connection,
    kind: TavusAssetKind,
    parameters: ListParameters,
    signal: AbortSignal,
    onTooLarge?: PagePlace['onTooLarge']
  ): Promise<Result<TellingPage>> => {
    const url = listUrl(connection.apiAddress, kind, parameters)
    const started = onTooLarge === undefined ? {} : { onTooLarge }
    const got = await call(connection, { method: 'GET', url, ...started }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    // A key that reads the rest may be refused these, as where a plan lacks them.
    const mayLack = kind !== 'replica' && kind !== 'video'
    const action = mayLack && answer.status === 403 ? 'remove' : 'read'
    if (!isDone(answer)) return fail(refusalOf(answer, action, redactText))
    const page = readShape(answer, kind === 'persona' ? personaPageWireSchema : pageWireSchema)
    if (!page.ok) return page
    return ok({
      rows: page.value.data,
      totalCount: page.value.total_count ?? null,
      bytes: Buffer.byteLength(answer.text),
      redactText
    })
  }

  const walk = (
    connection: Connection,
    kind: TavusAssetKind,
    origin: Walked,
    signal: AbortSignal,
    budget: WalkBudget,
    onFound: OnFound
  ): Promise<Result<WalkedList>> => {
    let redactText: RowContext['redactText'] = redact
    return walkList({
      onFound,
      budget,
      mostBytes: MAX_ANSWER_BYTES,
      firstPage: kind === 'video' ? 0 : 1,
      limit: kind === 'persona' ? PERSONAS_PER_PAGE : PAGE_LIMIT,
      readRow: (row) => readRow(kind, row, { origin, redactText }),
      readStart,
      fetchPage: async ({ page, limit, isBrief = false, onTooLarge }, unwanted = signal) => {
        const place = { limit: String(limit), page: String(page) }
        const parameters = { ...place, ...formOf(kind, origin, isBrief) }
        const either = AbortSignal.any([signal, unwanted])
        const got = await fetchList(connection, kind, parameters, either, onTooLarge)
        if (got.ok) redactText = got.value.redactText
        return got
      }
    })
  }

  const get = async (
    connection: Connection,
    kind: TavusAssetKind,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<Lookup>> => {
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    // Of a conversation the longer form has what was said.
    const form = kind === 'replica' || kind === 'video' ? '?verbose=true' : ''
    const got = await call(connection, { method: 'GET', url: `${url.value}${form}` }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer, kind)) return ok({ found: null })
    if (!isDone(answer)) return fail(refusalOf(answer, 'read', redactText))
    const json = parseJson(answer.text)
    if (!json.ok) return json
    const row = readRow(kind, unwrapped(json.value), { origin: null, redactText })
    return row?.id === id ? ok({ found: row }) : shapeError()
  }

  const getEach = async (
    connection: Connection,
    kind: TavusAssetKind,
    ids: readonly AssetId[],
    signal: AbortSignal
  ): Promise<Result<readonly ObservedAsset[]>> => {
    const assets: ObservedAsset[] = []
    for (const id of ids) {
      const looked = await get(connection, kind, id, signal)
      if (!looked.ok) return looked
      if (looked.value.found !== null) assets.push(looked.value.found)
    }
    return ok(assets)
  }

  /** Lists do not say why a training failed; the asset's own address does. */
  const withReason = async (
    connection: Connection,
    asset: ObservedAsset,
    signal: AbortSignal
  ): Promise<ObservedAsset> => {
    if (asset.status !== 'failed' || asset.errorMessage !== null) return asset
    const looked = await get(connection, 'replica', asset.id, signal)
    return looked.ok && looked.value.found !== null ? looked.value.found : asset
  }

  const watchBatch = async (
    connection: Connection,
    ids: readonly AssetId[],
    signal: AbortSignal
  ): Promise<Result<readonly ObservedAsset[]>> => {
    const parameters = { limit: String(PAGE_LIMIT), verbose: 'true', replica_ids: ids.join(',') }
    const page = await fetchList(connection, 'replica', parameters, signal)
    if (isTooLarge(page) && ids.length > 1) {
      const middle = Math.ceil(ids.length / 2)
      const first = await watchBatch(connection, ids.slice(0, middle), signal)
      if (!first.ok) return first
      const second = await watchBatch(connection, ids.slice(middle), signal)
      return second.ok ? ok([...first.value, ...second.value]) : second
    }
    if (!page.ok) {
      // One id that is gone may spoil the question for all.
      const isRefused = page.error.kind === 'provider-refused' && page.error.status === 400
      return isRefused ? getEach(connection, 'replica', ids, signal) : page
    }
    const assets = new Map<AssetId, ObservedAsset>()
    for (const row of page.value.rows) {
      const asset = readRow('replica', row, { origin: null, redactText: page.value.redactText })
      if (asset === null || !ids.includes(asset.id)) continue
      assets.set(asset.id, await withReason(connection, asset, signal))
    }
    return ok([...assets.values()])
  }

  /** Whether a list by type counts more PALs than were met of that type. What cannot be asked so tells of no more. */
  const hasMorePals = async (
    connection: Connection,
    origin: 'own' | 'stock',
    met: number,
    signal: AbortSignal
  ): Promise<boolean> => {
    const parameters = { limit: '1', page: '1', ...formOf('persona', origin, false) }
    const page = await fetchList(connection, 'persona', parameters, signal)
    return page.ok && (page.value.totalCount ?? 0) > met
  }

  /** All PALs: the list without a type, and whatever the lists by type have beside it. */
  const listPals = async (
    connection: Connection,
    budget: WalkBudget,
    signal: AbortSignal,
    onFound: OnFound
  ): Promise<Result<ObservedListing>> => {
    const met = new Map<AssetId, ObservedAsset['origin']>()
    const takeNew: OnFound = (assets) => {
      const unmet = assets.filter(({ id }) => !met.has(id))
      for (const { id, origin } of assets) met.set(id, origin)
      return onFound(unmet)
    }
    const all = await walk(connection, 'persona', null, signal, budget, takeNew)
    if (!all.ok) return all
    const lists = [all.value]
    for (const origin of ['own', 'stock'] as const) {
      const ofType = [...met.values()].filter((one) => one === origin).length
      if (!(await hasMorePals(connection, origin, ofType, signal))) continue
      const more = await walk(connection, 'persona', origin, signal, budget, takeNew)
      if (!more.ok) return more
      lists.push(more.value)
    }
    return ok(listingOf('persona', lists))
  }

  const probe: Provider['probe'] = async (connection, kind, id, signal, asked) => {
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    const got = await call(connection, { method: 'GET', url: url.value }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer, kind)) return ok('gone')
    if (!isDone(answer)) return fail(refusalOf(answer, 'read', redactText))
    const json = parseJson(answer.text)
    if (!json.ok) return json
    const now = unwrapped(json.value)
    if (asked !== undefined && isStepChange(asked.mode)) {
      return ok(isChanged(now, asked.repoint) ? 'says-deleted' : 'there')
    }
    const told = statusWireSchema.safeParse(now)
    if (!told.success) return shapeError()
    return ok(told.data.status?.trim().toLowerCase() === 'deleted' ? 'says-deleted' : 'there')
  }

  return {
    get: (connection, kind, id, signal) =>
      isTavusAssetKind(kind)
        ? get(connection, kind, id, signal)
        : Promise.resolve(notOffered('kind')),
    probe,

    checkKey: async (connection, signal) => {
      const page = await fetchList(connection, 'replica', { limit: '1' }, signal)
      return page.ok ? ok(null) : page
    },

    list: async (connection, kind, signal, onFound) => {
      if (!isTavusAssetKind(kind)) return notOffered('kind')
      const budget = createWalkBudget(walkLimits)
      if (kind === 'persona') return listPals(connection, budget, signal, onFound)
      const first = kind === 'voice' ? null : 'own'
      const own = await walk(connection, kind, first, signal, budget, onFound)
      if (!own.ok) return own
      if (kind !== 'replica') return ok(listingOf(kind, [own.value]))
      const { seenIds: ownIds } = own.value
      const stock = await walk(connection, kind, 'stock', signal, budget, (assets) =>
        onFound(assets.filter(({ id }) => !ownIds.has(id)))
      )
      return stock.ok ? ok(listingOf(kind, [own.value, stock.value])) : stock
    },

    watch: async (connection, kind, ids, signal) => {
      if (!isTavusAssetKind(kind)) return notOffered('kind')
      // No other list can be asked for some of them.
      if (kind !== 'replica') return getEach(connection, kind, ids, signal)
      const assets: ObservedAsset[] = []
      for (const batch of inBatches(ids)) {
        const watched = await watchBatch(connection, batch, signal)
        if (!watched.ok) return watched
        assets.push(...watched.value)
      }
      return ok(assets)
    }
  }
}
