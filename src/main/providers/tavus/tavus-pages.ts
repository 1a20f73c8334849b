import * as z from 'zod'
import type { AssetId } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection, TargetFacts } from '../../ports/provider.ts'
import { cleanText } from '../../rules/clean-text.ts'
import { isUnsignedLink } from '../../rules/unsigned-link.ts'
import { createWalkBudget } from '../../rules/walk-budget.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { listUrl, readTavusId } from './tavus-address.ts'
import { MAX_ANSWER_BYTES } from './tavus-call.ts'
import { readTavusDate } from './tavus-date.ts'
import { refusalOf } from './tavus-errors.ts'
import { walkList } from './tavus-list-walk.ts'
import { optionalText } from './tavus-wire.ts'

const pagesPerPage = 50
const longestAddress = 2000

/**
 * A deployment: a PAL on a web page. Where a landing page stands is not documented, so any of the names that it may have is
 * read. Source: openapi/tavus.yaml, `Deployment`; tavus.md 3.6.
 */
const pageWireSchema = z.object({
  deployment_id: z.unknown().optional(),
  pal_id: z.unknown().optional(),
  channel: optionalText,
  status: optionalText,
  name: optionalText,
  url: optionalText,
  public_url: optionalText,
  hosted_url: optionalText,
  created_at: optionalText,
  updated_at: optionalText
})

/** Other than most lists: from page 0, under other names. */
const pagesWireSchema = z.object({
  deployments: z.array(z.unknown()),
  total: z.number().int().nonnegative().nullish().catch(null)
})

/** A public page as far as it was read. */
export interface PublicPage {
  readonly id: AssetId
  readonly palId: AssetId | null
  readonly name: string
  readonly channel: string
  /** `active`: on the web now. */
  readonly status: string
  readonly createdAt: string | null
  readonly updatedAt: string | null
  /** Null where it is not told, or opens something by a signature. */
  readonly address: string | null
}

const readAddress = (...told: readonly (string | null | undefined)[]): string | null => {
  const address = told.find((text) => typeof text === 'string' && text !== '') ?? null
  if (address === null || address.length > longestAddress || !isUnsignedLink(address)) return null
  return /^https?:$/.test(new URL(address).protocol) ? address : null
}

const word = (text: string | null | undefined): string =>
  cleanText((text ?? '').trim().toLowerCase(), 100)

/** Null without a usable ID. */
export const readPage = (row: unknown): PublicPage | null => {
  const wire = pageWireSchema.safeParse(row)
  const id = readTavusId(wire.data?.deployment_id)
  if (!wire.success || id === null) return null
  const { data } = wire
  return {
    id,
    palId: readTavusId(data.pal_id),
    name: cleanText(data.name ?? '', 500),
    channel: word(data.channel),
    status: word(data.status),
    createdAt: readTavusDate(data.created_at),
    updatedAt: readTavusDate(data.updated_at),
    address: readAddress(data.url, data.public_url, data.hosted_url)
  }
}

/** Pages of one account; `isComplete` false if some may have been missed. */
export interface PageList {
  readonly pages: readonly PublicPage[]
  readonly seenIds: ReadonlySet<string>
  readonly isComplete: boolean
}

export const noPages: PageList = { pages: [], seenIds: new Set(), isComplete: false }

/** Reads every page of an account, or of one of its PALs. They name a PAL and no face, so they are read whole and joined here. */
export const createPageList =
  (call: Call) =>
  async (
    connection: Connection,
    signal: AbortSignal,
    palId: AssetId | null = null
  ): Promise<Result<PageList>> => {
    const pages: PublicPage[] = []
    const walked = await walkList<PublicPage>({
      budget: createWalkBudget(),
      mostBytes: MAX_ANSWER_BYTES,
      firstPage: 0,
      limit: pagesPerPage,
      readRow: readPage,
      fetchPage: async ({ page, limit }, unwanted = signal) => {
        const ofPal = palId === null ? {} : { pal_id: palId }
        const place = { ...ofPal, page: String(page), limit: String(limit) }
        const url = listUrl(connection.apiAddress, 'page', place)
        const either = AbortSignal.any([signal, unwanted])
        const got = await call(connection, { method: 'GET', url }, either)
        if (!got.ok) return got
        const { answer, redactText } = got.value
        if (!isDone(answer)) return fail(refusalOf(answer, 'remove', redactText))
        const told = readShape(answer, pagesWireSchema)
        if (!told.ok) return told
        return ok({
          rows: told.value.deployments,
          totalCount: told.value.total ?? null,
          bytes: Buffer.byteLength(answer.text)
        })
      },
      onFound: async (found) => {
        pages.push(...found)
        return ok(null)
      }
    })
    if (!walked.ok) return walked
    const { seenIds, isComplete } = walked.value
    const once = [...new Map(pages.map((page) => [page.id, page])).values()]
    return ok({ pages: once, seenIds, isComplete })
  }

export const pageFacts = (
  page: PublicPage,
  accountId: TargetFacts['target']['accountId']
): TargetFacts => ({
  target: { accountId, kind: 'page', id: page.id },
  name: page.name === '' ? page.channel : page.name,
  relation: 'shown-on',
  statusRaw: page.status === '' ? null : page.status,
  status: null,
  origin: 'own',
  createdAt: page.createdAt,
  updatedAt: page.updatedAt,
  parentId: page.palId,
  ...(page.address === null ? {} : { address: page.address }),
  notes: [],
  holds: []
})
