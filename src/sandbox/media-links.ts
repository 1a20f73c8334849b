import type { AccountState } from './account-state.ts'
import type { DeletedLink, LinkUse, SandboxOptions } from './sandbox-options.ts'

const linkPath =
  /^\/media\/(\d{1,4})\/([a-z0-9]{1,64})\/(thumbnail|download|stream)\/([a-z0-9-]{1,64}\.(?:mp4|png))$/

const isLinkUse = (text: string | undefined): text is LinkUse =>
  text === 'thumbnail' || text === 'download' || text === 'stream'

const outlivesMs = (options: SandboxOptions, link: DeletedLink): number => {
  const { linksOutliveMs: rule } = options
  if (typeof rule === 'function') return rule(link)
  return rule ?? (link.mode === 'hard' ? 0 : Number.POSITIVE_INFINITY)
}

const isAlive = (
  state: AccountState,
  { id, use }: { readonly id: string; readonly use: LinkUse },
  options: SandboxOptions,
  nowMs: number
): boolean => {
  const replica = state.data.replicas.find((row) => row.id === id)
  const thing = replica ?? state.data.videos.find((row) => row.id === id)
  if (thing === undefined) return false
  if (thing.deletedAtMs === null) return true
  const kind = replica === undefined ? 'video' : 'replica'
  const mode = thing.isHardDeleted ? 'hard' : 'soft'
  return nowMs < thing.deletedAtMs + outlivesMs(options, { kind, id, mode, use })
}

const pagePath = /^\/media\/(\d{1,4})\/([a-z0-9]{1,64})\/page\/([a-z0-9-]{1,64}\.png)$/

/** A public page can be opened while it is active, or for ever where an option says so. */
const resolvePage = (
  path: string,
  accounts: readonly AccountState[],
  { pagesAfterwards }: SandboxOptions
): string | null | undefined => {
  const [, account, id, file] = pagePath.exec(path) ?? []
  if (id === undefined) return undefined
  const page = accounts[Number(account)]?.data.pages.find((row) => row.id === id)
  const isOpen = page?.status === 'active' && page.deletedAtMs === null
  return isOpen || pagesAfterwards === 'reachable' ? `/media/${file}` : null
}

/**
 * The path of the file behind a media link, or null if the link is dead. Paths that name no thing are files already.
 */
export const resolveMediaLink = (
  path: string,
  accounts: readonly AccountState[],
  options: SandboxOptions,
  nowMs: number
): string | null => {
  const page = resolvePage(path, accounts, options)
  if (page !== undefined) return page
  const [, account, id, use, file] = linkPath.exec(path) ?? []
  if (id === undefined || !isLinkUse(use)) return path
  const state = accounts[Number(account)]
  if (state === undefined || !isAlive(state, { id, use }, options, nowMs)) return null
  return `/media/${file}`
}
