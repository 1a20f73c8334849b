import type { Archive } from '../../../shared/domain/archive.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { DeletionPlan, PlanStep } from '../../../shared/domain/plan.ts'
import { redact } from '../../../shared/redact.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ArchiveItem, ArchiveWriter } from '../../ports/archive-writer.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ObservedAsset, Provider } from '../../ports/provider.ts'
import type { AccountRecord, Store } from '../../ports/store.ts'
import { loopbackOrigin } from '../draft-links.ts'
import { appEvent } from '../history-event.ts'
import type { KeyRing } from '../key-ring.ts'
import { isAssetRef } from './facts-from-store.ts'

export interface ArchivePlanDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  /** Asks the person for a folder; null if they thought better of it. */
  readonly askFolder: () => Promise<string | null>
  readonly writer: ArchiveWriter
  /** Keeps the links of an asset that was just read. */
  readonly rememberLinks: (account: AccountRecord, asset: ObservedAsset) => void
  /** The links of a thing that are known in this run. */
  readonly linksOf: (
    target: TargetRef
  ) => readonly { readonly what: string; readonly url: string }[]
}

type Content = Pick<ArchiveItem, 'metadata' | 'downloads'>

const factsOf = ({ target, statusRaw, createdAt, name, relation }: PlanStep) => ({
  kind: target.kind,
  id: target.id,
  name: redact(name),
  status: statusRaw,
  createdAt,
  relation
})

/** Saves what a plan would remove, before it does, to a folder that the person chooses. */
export const createArchivePlan = (deps: ArchivePlanDeps) => {
  const { store, clock } = deps

  /** What is stored of it; where the pictures and films lie is asked anew, since such links do not last. */
  const fromStore = async (
    account: AccountRecord,
    step: PlanStep,
    signal: AbortSignal
  ): Promise<Content> => {
    const { target } = step
    if (!isAssetRef(target)) return { metadata: factsOf(step), downloads: [] }
    const connection = deps.keyRing.connect(account)
    const read = await deps.providerOf(account).get(connection, target.kind, target.id, signal)
    if (read.ok && read.value.found !== null) deps.rememberLinks(account, read.value.found)
    const links = deps.linksOf(target)
    const urlOf = (wanted: string) => links.find(({ what }) => what === wanted)?.url ?? null
    const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
    const stored = store.read.asset(target)
    const { posterId: _poster, clipId: _clip, ref: _ref, ...kept } = stored ?? {}
    const thumbnail = { stem: 'thumbnail', url: urlOf('thumbnail'), allowLoopbackOrigin }
    const film = { stem: 'video', url: urlOf('download'), allowLoopbackOrigin }
    return {
      metadata: { ...kept, ...factsOf(step) },
      downloads: target.kind === 'video' ? [thumbnail, film] : [thumbnail]
    }
  }

  const contentOf = async (step: PlanStep, signal: AbortSignal): Promise<Content> => {
    const account = store.read.account(step.target.accountId)
    if (account === null) return { metadata: factsOf(step), downloads: [] }
    const { archivist } = deps.providerOf(account)
    if (archivist === undefined) return fromStore(account, step, signal)
    const kept = await archivist.keepsakeOf(deps.keyRing.connect(account), step.target, signal)
    if (!kept.ok) return fromStore(account, step, signal)
    const allowLoopbackOrigin = loopbackOrigin(account.apiAddress)
    return {
      metadata: { ...kept.value.metadata, ...factsOf(step) },
      downloads: kept.value.files.map((file) => ({ ...file, allowLoopbackOrigin }))
    }
  }

  const accountNames = (plan: DeletionPlan): readonly string[] => {
    const ids = new Set(plan.steps.map(({ target }) => target.accountId))
    return [...ids].flatMap((id) => store.read.account(id)?.name ?? [])
  }

  return async (plan: DeletionPlan, signal: AbortSignal): Promise<Result<Archive | null>> => {
    const parent = await deps.askFolder()
    if (parent === null) return ok(null)
    const madeAt = clock.nowAt()
    const title = redact(plan.title)
    const label = `Last look ${madeAt.slice(0, 16).replace('T', ' ').replace(':', '-')} ${title}`
    const about = { madeAt, planId: plan.planId, title, accounts: accountNames(plan) }
    const written = await deps.writer.write(
      parent,
      label,
      about,
      plan.steps.length,
      async (index) => {
        const step = plan.steps[index]
        if (step === undefined) throw new Error('The archive asked for a step that is not there')
        const content = await contentOf(step, signal)
        return { label: `${step.target.kind} ${redact(step.name)}`, ...content }
      },
      signal
    )
    if (!written.ok) return written
    const { folderName, files, gaps } = written.value
    const noted = store.transaction((write) => {
      write.append(
        appEvent('archive-saved', {
          planId: plan.planId,
          title,
          folderName,
          files: files.length,
          sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          gaps: gaps.length,
          manifestSha256: files.at(-1)?.sha256 ?? null
        })
      )
      return null
    })
    return noted.ok ? written : noted
  }
}
