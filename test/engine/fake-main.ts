import { assetKinds } from '../../src/shared/catalogue/kinds.ts'
import { providerName } from '../../src/shared/catalogue/providers.ts'
import type { Account } from '../../src/shared/domain/account.ts'
import type { Asset, AssetCounts, AssetQuery, AssetRef } from '../../src/shared/domain/asset.ts'
import { defaultSettings } from '../../src/shared/domain/default-settings.ts'
import type { Draft } from '../../src/shared/domain/draft.ts'
import type { HistoryEvent } from '../../src/shared/domain/history.ts'
import type { PlanChoices, PlanSubject } from '../../src/shared/domain/plan.ts'
import { type AppError, appErrorSchema } from '../../src/shared/errors.ts'
import type { FirstScreen } from '../../src/shared/first-screen.ts'
import {
  contract,
  type RequestInput,
  type RequestName,
  type RequestOutput
} from '../../src/shared/ipc/contract.ts'
import { fail, ok, type Result } from '../../src/shared/result.ts'
import { testAsset } from '../../test/renderer/asset.ts'
import { testBatch } from '../../test/renderer/batch.ts'
import { testPlan, testStep } from '../../test/renderer/plan.ts'
import { testLine } from '../renderer/history-lines.ts'
import { exampleOf } from './example.ts'

/** What the window asked for, in order. */
export interface Asked {
  readonly name: string
  readonly input: unknown
}

type Answers = {
  readonly [N in RequestName]?: (input: RequestInput<N>) => RequestOutput<N>
}

const exampleFor = <N extends RequestName>(name: N): RequestOutput<N> =>
  exampleOf(contract[name].output) as RequestOutput<N>

const faces = ['adaeze', 'ananya', 'aoi', 'aroha', 'camila', 'elias'] as const

/** The picture of which name of `resources/sample` stands under which id. */
export const pictures: ReadonlyMap<string, string> = new Map(
  faces.map((face, index) => [String(index).padStart(32, 'a'), face])
)

const account = (id: string, provider: Account['provider'], name: string): Account => ({
  id: id as Account['id'],
  provider,
  name,
  color: provider === 'tavus' ? 'indigo' : 'orange',
  apiAddress: `https://${provider}.example`,
  isReadOnly: false,
  isSample: false,
  createdAt: '2026-11-20T12:00:00.000Z',
  key: { state: 'saved', last4: '1f9e', setAt: '2026-11-20T12:00:00.000Z' },
  keyCheck: { outcome: 'works', checkedAt: '2026-11-20T12:00:00.000Z' }
})

const accounts = [
  account('acc_00000001', 'tavus', 'Studio North'),
  account('acc_00000002', 'replicate', 'Model lab')
]

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const assets: readonly Asset[] = [
  ...faces.map((face, index) =>
    testAsset(`r00000000${index}`, {
      name: `${titled(face)} Osei`,
      model: 'phoenix-3',
      createdAt: `2026-11-0${index + 1}T12:00:00.000Z`,
      posterId: [...pictures.keys()][index] ?? null,
      ...(index === 5 ? { status: 'training', statusRaw: 'started', progress: 40 } : {})
    })
  ),
  ...['Welcome', 'Badges'].map((name, index) =>
    testAsset(`v00000000${index}`, {
      name,
      ref: { accountId: 'acc_00000001', kind: 'video', id: `v00000000${index}` } as AssetRef,
      parentId: 'r000000000' as Asset['parentId'],
      parentName: 'Adaeze Osei'
    })
  ),
  ...['lab/portrait', 'lab/voice'].map((name) =>
    testAsset(name, {
      name,
      ref: { accountId: 'acc_00000002', kind: 'model', id: name } as AssetRef,
      childCount: 1
    })
  ),
  testAsset('version', {
    name: 'portrait',
    ref: {
      accountId: 'acc_00000002',
      kind: 'version',
      id: `lab/portrait:${'a'.repeat(64)}`
    } as AssetRef,
    parentId: 'lab/portrait' as Asset['parentId'],
    parentName: 'lab/portrait'
  })
]

const countsOf = (): AssetCounts => ({
  byKind: Object.fromEntries(
    assetKinds.map((kind) => {
      const own = assets.filter(({ ref }) => ref.kind === kind)
      const unfinished = own.filter(({ status }) => status === 'training').length
      const counted = { own: own.length, stock: 0, unfinished, failed: 0 }
      return [kind, { ...counted, ready: own.length - unfinished }]
    })
  ) as AssetCounts['byKind'],
  models: ['phoenix-3']
})

const matching = ({ kind, search, presence, parentId, personId }: AssetQuery): readonly Asset[] =>
  presence === 'gone' || personId !== null
    ? []
    : assets.filter(
        (asset) =>
          asset.ref.kind === kind &&
          asset.name.toLowerCase().includes(search.toLowerCase()) &&
          (parentId === null || asset.parentId === parentId)
      )

const isThat = (ref: AssetRef, other: AssetRef): boolean =>
  ref.kind === other.kind && ref.id === other.id

const records: readonly HistoryEvent[] = faces.map((face, index) => ({
  type: 'asset-first-seen',
  operationId: null,
  accountId: accounts[0]?.id ?? null,
  accountName: 'Studio North',
  assetKind: 'replica',
  assetId: `r00000000${index}`,
  assetName: `${titled(face)} Osei`,
  body: {},
  seq: faces.length - index,
  at: `2026-11-2${faces.length - index}T12:00:00.000Z`,
  monotonicMs: 0,
  runId: `run_${index}`,
  prevHash: '0'.repeat(64),
  hash: '1'.repeat(64)
}))

const planOf = (subject: PlanSubject, choices: PlanChoices): RequestOutput<'plan:make'> => {
  const refs = subject.scope === 'assets' ? subject.refs : 'ref' in subject ? [subject.ref] : []
  const names = refs.map((ref) => assets.find((asset) => isThat(asset.ref, ref))?.name ?? '')
  return testPlan({
    subject,
    choices,
    title: names.length === 1 ? (names[0] ?? '') : '',
    steps: refs.map((ref, index) =>
      testStep(ref.id, {
        id: `s${index + 1}`,
        target: ref,
        name: names[index] ?? '',
        mode: choices.mode,
        goes: [ref.kind === 'model' ? 'model' : 'replica'] as ReturnType<typeof testStep>['goes']
      })
    )
  })
}

const newDraft = (index: number, changes: Partial<Draft>): Draft => ({
  ...(exampleFor('draft:reopen') as Draft),
  id: `drf_0000000${index}` as Draft['id'],
  accountId: accounts[0]?.id ?? null,
  replicaName: '',
  error: null,
  ...changes
})

const linkOf = (text: string): Draft['trainVideo'] => {
  const { host, pathname } = new URL(text)
  const fileName = pathname.split('/').at(-1) ?? ''
  return {
    display: `https://${host}/${fileName}`,
    host,
    fileName,
    sha256: '2'.repeat(64),
    signer: 'none',
    region: null,
    validFromAt: null,
    validUntilAt: null,
    findings: []
  }
}

const isAsItBegan = ({ name, provider, apiKey }: RequestInput<'account:try'>): boolean =>
  name === providerName(provider) && apiKey === null

/** What main would not take though the contract does: an account's form in which nothing was typed. */
const refusalOf = (name: RequestName, input: unknown): AppError | null =>
  name === 'account:try' && isAsItBegan(input as RequestInput<'account:try'>)
    ? { kind: 'invalid-input', issues: [{ field: 'apiKey', code: 'empty', said: null }] }
    : null

/**
 * Plays main to the window: every request of the contract is answered, a few from data of its own, the others by the
 * plainest answer that their schema takes. As in main, what goes in and what comes out is held against the contract;
 * what does not fit is noted in `faults`.
 */
export const createFakeMain = () => {
  const asked: Asked[] = []
  const faults: string[] = []
  let drafts: readonly Draft[] = []
  let settings = defaultSettings
  let planMade = exampleFor('plan:make')

  const bootstrap = (): RequestOutput<'app:bootstrap'> => ({
    ...exampleFor('app:bootstrap'),
    version: '1.0.0',
    platform: 'linux',
    settings,
    accounts: [...accounts],
    counts: countsOf(),
    drafts: [...drafts],
    providers: ['tavus', 'replicate']
  })

  const add = (made: readonly Partial<Draft>[]): Draft[] => {
    const added = made.map((changes, index) => newDraft(drafts.length + index, changes))
    drafts = [...drafts, ...added]
    return added
  }

  const page = (query: AssetQuery) => {
    const rows = matching(query)
    return { total: rows.length, rows: rows.slice(query.offset, query.offset + query.limit) }
  }

  const found = (ref: AssetRef): Asset | undefined => assets.find((one) => isThat(one.ref, ref))

  const answers: Answers = {
    'app:bootstrap': bootstrap,
    'asset:list': (query) => page(query as AssetQuery),
    'asset:get': ({ ref }) => found(ref as AssetRef) ?? exampleFor('asset:get'),
    'asset:place': ({ query, ref }) => {
      const place = matching(query as AssetQuery).findIndex((one) =>
        isThat(one.ref, ref as AssetRef)
      )
      return { place: place < 0 ? null : place }
    },
    'asset:typed': ({ query, text }) => {
      const rows = matching(query as AssetQuery)
      const place = rows.findIndex(({ name }) => name.toLowerCase().startsWith(text.toLowerCase()))
      const ref = rows[place]?.ref
      return { found: ref === undefined ? null : { ref, place } }
    },
    'asset:count': countsOf,
    'plan:make': ({ subject, choices }) => {
      planMade = planOf(subject as PlanSubject, choices as PlanChoices)
      return planMade
    },
    'plan:choose': ({ choices }) => ({ ...planMade, choices: choices as PlanChoices }),
    'deletion:start': ({ mode }) =>
      testBatch({ mode, state: 'held', heldUntilAt: new Date(Date.now() + 10_000).toISOString() }),
    'history:list': ({ search }) => ({
      rows: records.filter(({ assetName }) => assetName?.includes(search)),
      hasMore: false
    }),
    'history:timeline': ({ search }) => ({
      lines: records
        .filter(({ assetName }) => search === '' || assetName?.includes(search))
        .map((record) => testLine(record)),
      hasMore: false
    }),
    'history:story': ({ ref }) => ({
      rows: records.filter(({ assetId }) => assetId === ref.id),
      hasMore: false,
      asset: assets.find((asset) => asset.ref.id === ref.id) ?? null
    }),
    'history:countNew': () => ({ count: 0, unread: 0 }),
    'inbox:list': () => ({ lines: [], hasMore: false }),
    'inbox:mark': () => ({}),
    'history:acknowledge': () => ({}),
    'history:chart': () => ({ of: 'operations', unit: 'day', bars: [] }),
    'history:parts': () => ({ rows: [...records], hasMore: false }),
    'note:get': () => ({ text: '', tags: [] }),
    'note:set': ({ note }) => ({ note, before: { text: '', tags: [] } }),
    'note:tags': () => [],
    'person:list': () => [
      {
        id: 'per_00000001' as never,
        name: 'Adaeze Osei',
        consent: null,
        nameRule: null,
        createdAt: '2026-11-20T12:00:00.000Z',
        assetCount: 1,
        note: { text: '', tags: [] }
      }
    ],
    'agenda:list': () => ({
      entries: [{ kind: 'training', dueAt: null, name: 'Elias Osei', count: 1, isPromised: true }],
      isPaused: false
    }),
    'draft:add': ({ text }) => {
      const links = text.match(/https:\/\/\S+/g) ?? []
      const made = links.map((link) => ({ trainVideo: linkOf(link) }))
      return { added: add(made.length === 0 ? [{}] : made), leftOut: 0 }
    },
    'draft:addVideoFiles': ({ paths }) => ({
      added: add(
        paths.map((path) => ({
          files: {
            trainVideoUrl: {
              fileName: path.split('/').at(-1) ?? '',
              sizeBytes: 1_000,
              isMissing: false,
              isChanged: false,
              uploadId: null
            },
            consentVideoUrl: null
          }
        }))
      ),
      refused: []
    }),
    'draft:discard': ({ draftIds }) => {
      drafts = drafts.filter(({ id }) => !(draftIds as readonly string[]).includes(id))
      return {}
    },
    'draft:update': ({ draftId }) => drafts.find(({ id }) => id === draftId) ?? newDraft(0, {}),
    'settings:update': (patch) => {
      settings = { ...settings, ...patch } as typeof settings
      return settings
    },
    'update:get': () => ({ way: 'none', stand: { state: 'unknown' }, checkedAt: null }),
    'whatsNew:take': () => ({ version: null })
  }

  const isName = (name: string): name is RequestName => Object.hasOwn(contract, name)

  const answer = (name: string, input: unknown): Result<unknown> => {
    asked.push({ name, input })
    const bug = (why: string): Result<never> => {
      faults.push(`${name}: ${why}`)
      return fail({ kind: 'bug', reference: 'run_1' })
    }
    if (!isName(name)) return bug('is not in the contract')
    const given = contract[name].input.safeParse(input)
    if (!given.success) return bug(`does not take this: ${given.error.message}`)
    const refusal = refusalOf(name, input)
    if (refusal !== null) {
      const isKnown = appErrorSchema.safeParse(refusal).success
      return isKnown ? fail(refusal) : bug('does not refuse like this')
    }
    const answerIt = answers[name] as ((input: unknown) => unknown) | undefined
    const value = answerIt === undefined ? exampleFor(name) : answerIt(given.data)
    const told = contract[name].output.safeParse(value)
    return told.success ? ok(told.data) : bug(`does not answer this: ${told.error.message}`)
  }

  return {
    answer,
    asked,
    faults,
    /** What the page is given to draw first, as main would after an earlier run. */
    firstScreen: (): FirstScreen => {
      const { version, platform, providers, accounts: known, sync, counts } = bootstrap()
      const rows = assets.filter(({ ref }) => ref.kind === 'replica')
      return {
        ...{ version, platform, providers, settings, accounts: known, sync, counts },
        kind: 'replica',
        page: { total: rows.length, rows: [...rows] },
        look: null
      }
    }
  }
}
export type FakeMain = ReturnType<typeof createFakeMain>
