import { targetKey } from '../../shared/catalogue/keys.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { Person, PersonId, PersonInput } from '../../shared/domain/person.ts'
import type { PersonSave, PersonTalks, TranscriptChoice } from '../../shared/domain/person-save.ts'
import { folded } from '../../shared/folded.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, askedAgain, fromResult, idle, loading } from './async-data.ts'

export interface PersonsSlice {
  readonly persons: AsyncData<readonly Person[]>
  /** Whose page is open; null: the list of all. */
  readonly openPersonId: PersonId | null
  /** What is tied to the person whose page is open, at every provider. */
  readonly personAssets: AsyncData<readonly Asset[]>
  /** How much was made with each replica and model of theirs, by its key: videos, or versions. */
  readonly personMade: ReadonlyMap<string, number>
  readonly personForm: { readonly personId: PersonId | null } | null
  /** What is about to be tied to somebody. */
  readonly assigning: readonly AssetRef[] | null
  /** How saving everything of somebody stands; null: nothing was saved in this run, or it was not asked for yet. */
  readonly personSave: PersonSave | null
  readonly notePersonSave: (save: PersonSave) => void
  readonly loadPersonSave: () => Promise<void>
  /** The conversations of a person whose transcripts could be saved; none if that cannot be told. */
  readonly conversationsOf: (personId: PersonId) => Promise<PersonTalks>
  readonly beginPersonSave: (personId: PersonId, transcripts: TranscriptChoice) => Promise<void>
  readonly stopPersonSave: () => Promise<void>
  readonly showSavedFolder: () => Promise<void>
  readonly loadPersons: () => Promise<void>
  readonly notePersons: (persons: readonly Person[]) => void
  readonly showPerson: (personId: PersonId | null) => void
  readonly reloadPersonAssets: () => Promise<void>
  /** Names of faces that are nobody's yet and have a text in them: whoever is added is usually one of these. */
  readonly freeNames: (text: string) => Promise<readonly string[]>
  readonly openPersonForm: (personId: PersonId | null) => void
  readonly closePersonForm: () => void
  /** Answers the id of the saved person. */
  readonly savePerson: (input: PersonInput) => Promise<Result<PersonId | null>>
  readonly removePerson: (personId: PersonId) => Promise<void>
  readonly openAssign: (refs: readonly AssetRef[]) => void
  readonly closeAssign: () => void
  readonly assignPerson: (refs: readonly AssetRef[], personId: PersonId | null) => Promise<boolean>
}

/** Nothing to choose from. */
export const noTalks: PersonTalks = { count: 0, talks: [] }

const pageSize = 500
/** As many names as are offered, and as are looked through for them. */
const mostOffered = 6
const mostSearched = 64
/** As many as one request takes. */
const mostAssigned = 500

export const personById = (
  persons: AsyncData<readonly Person[]>,
  id: PersonId | null
): Person | null =>
  (persons.kind === 'ready' ? persons.value.find((person) => person.id === id) : null) ?? null

const assetsOf = async (bridge: Bridge, personId: PersonId): Promise<Result<readonly Asset[]>> => {
  const all: Asset[] = []
  for (const kind of assetKinds) {
    for (let offset = 0; ; offset += pageSize) {
      const page = await bridge.assetList({
        kind,
        accountId: null,
        origin: 'all',
        statuses: null,
        models: null,
        createdSinceAt: null,
        presence: 'all',
        parentId: null,
        personId,
        tag: null,
        search: '',
        sort: 'name-asc',
        offset,
        limit: pageSize
      })
      if (!page.ok) return page
      all.push(...page.value.rows)
      if (page.value.rows.length < pageSize) break
    }
  }
  return ok(all)
}

const madeOf = { replica: 'video', model: 'version' } as const

const countMade = async (
  bridge: Bridge,
  assets: readonly Asset[]
): Promise<ReadonlyMap<string, number>> => {
  const made = new Map<string, number>()
  for (const { ref } of assets) {
    if (ref.kind !== 'replica' && ref.kind !== 'model') continue
    const answer = await bridge.assetList({
      ...anyListed,
      kind: madeOf[ref.kind],
      accountId: ref.accountId,
      parentId: ref.id,
      offset: 0,
      limit: 1
    })
    if (answer.ok) made.set(targetKey(ref), answer.value.total)
  }
  return made
}

export const createPersonsSlice =
  (bridge: Bridge): Slice<PersonsSlice> =>
  (set, get) => {
    let reading: Promise<void> | null = null
    let isReadDue = false

    /** Changes that come meanwhile are answered by one more reading, not by one each. */
    const readUntilCurrent = async (): Promise<void> => {
      do {
        isReadDue = false
        const { openPersonId } = get()
        if (openPersonId === null) break
        const assets = await assetsOf(bridge, openPersonId)
        if (get().openPersonId !== openPersonId) {
          isReadDue = true
          continue
        }
        set({ personAssets: fromResult(assets) })
        const personMade = assets.ok ? await countMade(bridge, assets.value) : new Map()
        if (get().openPersonId === openPersonId) set({ personMade })
        else isReadDue = true
      } while (isReadDue)
      reading = null
    }

    return {
      persons: idle,
      openPersonId: null,
      personAssets: idle,
      personMade: new Map(),
      personForm: null,
      assigning: null,
      personSave: null,
      notePersonSave: (personSave) => set({ personSave }),
      loadPersonSave: async () => {
        const answer = await bridge.personSaving({})
        if (answer.ok) set({ personSave: answer.value.save })
      },
      conversationsOf: async (personId) => {
        const answer = await bridge.personConversations({ personId })
        return answer.ok ? answer.value : noTalks
      },
      beginPersonSave: async (personId, transcripts) => {
        const answer = await bridge.personSaveAll({ personId, transcripts })
        if (!answer.ok) get().tellFailure('save-person-folder', answer.error)
      },
      stopPersonSave: async () => {
        await bridge.personStopSaving({})
      },
      showSavedFolder: async () => {
        const answer = await bridge.personShowSaved({})
        if (!answer.ok) get().tellFailure('show-folder', answer.error)
      },
      loadPersons: async () => {
        set((state) => ({ persons: askedAgain(state.persons) }))
        set({ persons: fromResult(await bridge.personList({})) })
      },
      notePersons: (persons) => {
        set({ persons: { kind: 'ready', value: persons } })
        const { openPersonId } = get()
        if (openPersonId === null) return
        if (persons.some(({ id }) => id === openPersonId)) void get().reloadPersonAssets()
        else set({ openPersonId: null, personAssets: idle })
      },
      showPerson: (personId) => {
        set({ openPersonId: personId, personAssets: personId === null ? idle : loading })
        if (personId !== null) void get().reloadPersonAssets()
      },
      reloadPersonAssets: () => {
        if (get().openPersonId === null) return Promise.resolve()
        if (reading === null) reading = readUntilCurrent()
        else isReadDue = true
        return reading
      },
      freeNames: async (search) => {
        const answer = await bridge.assetList({
          ...anyListed,
          kind: 'replica',
          origin: 'own',
          search,
          limit: mostSearched
        })
        if (!answer.ok) return []
        // The search of the library finds IDs, notes and tags as well.
        const free = answer.value.rows.filter(
          ({ personId, name }) => personId === null && folded(name).includes(folded(search))
        )
        return [...new Set(free.map(({ name }) => name.trim()))]
          .filter((name) => name !== '')
          .slice(0, mostOffered)
      },
      openPersonForm: (personId) => set({ personForm: { personId } }),
      closePersonForm: () => set({ personForm: null }),
      savePerson: async (input) => {
        const known = get().persons
        const answer = await bridge.personSave(input)
        if (!answer.ok) return answer
        get().notePersons(answer.value)
        if (input.id !== null) return ok(input.id)
        // The list may not have been there yet, so being new in it is not enough.
        const before = new Set(known.kind === 'ready' ? known.value.map(({ id }) => id) : [])
        const made = answer.value
          .filter(({ id, name }) => !before.has(id) && name === input.name)
          .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
        return ok(made[0]?.id ?? null)
      },
      removePerson: async (personId) => {
        const answer = await bridge.personRemove({ personId })
        if (answer.ok) get().notePersons(answer.value)
        else get().tellFailure('remove-person', answer.error)
      },
      openAssign: (refs) => {
        set({ assigning: refs })
        void get().loadPersons()
      },
      closeAssign: () => set({ assigning: null }),
      assignPerson: async (refs, personId) => {
        const before: { readonly ref: AssetRef; readonly personId: PersonId | null }[] = []
        for (let from = 0; from < refs.length; from += mostAssigned) {
          const part = refs.slice(from, from + mostAssigned)
          const answer = await bridge.personAssign({ refs: part, personId })
          if (answer.ok) {
            before.push(...answer.value.before)
            continue
          }
          get().tellFailure('assign-person', answer.error)
          return false
        }
        if (before.length > 0) {
          const person = personById(get().persons, personId)?.name ?? null
          const undo = { of: 'assign', before } as const
          get().tell({ kind: 'assigned', person, count: before.length, undo })
        }
        return true
      }
    }
  }
