import type { AccountId } from '../../shared/domain/account.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { isSameAsset } from './asset-key.ts'
import { type AsyncData, askedAgain, fromResult, idle } from './async-data.ts'

/** What of a model's versions is to go. */
export interface CleanupChoice {
  readonly keepNewest: number
  readonly keepDeployed: boolean
  readonly createdBeforeAt: string | null
}

/** A model that is about to be added by its name; `text` is what was dropped or typed so far. */
export interface AddingModel {
  readonly text: string
}

interface ModelVersions {
  readonly model: AssetRef
  readonly versions: AsyncData<readonly Asset[]>
}

export interface ModelsSlice {
  readonly addingModel: AddingModel | null
  /** The model whose versions are about to be cleaned up. */
  readonly cleaningUp: Asset | null
  /** Versions of the model whose details are open. */
  readonly modelVersions: ModelVersions | null
  readonly openAddModel: (text: string) => void
  readonly closeAddModel: () => void
  readonly addModel: (accountId: AccountId, text: string) => Promise<Result<Asset>>
  readonly openCleanup: (model: Asset) => void
  readonly closeCleanup: () => void
  readonly planCleanup: (model: Asset, choice: CleanupChoice) => Promise<void>
  /** One plan for a model with all its versions. */
  readonly openTeardown: (model: Asset) => Promise<void>
  readonly loadVersions: (model: AssetRef) => Promise<void>
}

const pageSize = 500

const versionsOf = async (bridge: Bridge, model: AssetRef): Promise<Result<readonly Asset[]>> => {
  const all: Asset[] = []
  for (let offset = 0; ; offset += pageSize) {
    const page = await bridge.assetList({
      ...anyListed,
      kind: 'version',
      accountId: model.accountId,
      parentId: model.id,
      offset,
      limit: pageSize
    })
    if (!page.ok) return page
    all.push(...page.value.rows)
    if (page.value.rows.length < pageSize) return ok(all)
  }
}

export const createModelsSlice =
  (bridge: Bridge): Slice<ModelsSlice> =>
  (set, get) => ({
    addingModel: null,
    cleaningUp: null,
    modelVersions: null,
    openAddModel: (text) => set({ addingModel: { text } }),
    closeAddModel: () => set({ addingModel: null }),
    addModel: async (accountId, text) => {
      const answer = await bridge.assetAdd({ accountId, text: text.trim() })
      if (answer.ok) get().showAsset(answer.value.ref)
      return answer
    },
    openCleanup: (model) => set({ cleaningUp: model }),
    closeCleanup: () => set({ cleaningUp: null }),
    planCleanup: async (model, choice) => {
      set({ cleaningUp: null })
      await get().openSubject(
        { scope: 'cleanup', ref: model.ref, ...choice },
        { asset: model, kind: 'version', count: 1 }
      )
    },
    openTeardown: (model) =>
      get().openSubject(
        { scope: 'teardown', ref: model.ref },
        { asset: model, kind: 'model', count: 1 }
      ),
    loadVersions: async (model) => {
      set(({ modelVersions }) => ({
        modelVersions: isSameAsset(modelVersions?.model ?? null, model)
          ? { model, versions: askedAgain(modelVersions?.versions ?? idle) }
          : { model, versions: idle }
      }))
      const versions = fromResult(await versionsOf(bridge, model))
      set((state) =>
        isSameAsset(state.modelVersions?.model ?? null, model)
          ? { modelVersions: { model, versions } }
          : {}
      )
    }
  })
