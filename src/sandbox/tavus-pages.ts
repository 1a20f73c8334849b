import type { ApiAnswer } from './api-exchange.ts'
import type { StoredPage } from './snapshot.ts'
import {
  type ApiContext,
  type Asked,
  answerChange,
  type Handler,
  isPatch,
  type Route,
  readWindow,
  refuse
} from './tavus-asked.ts'
import type { Row } from './tavus-rows.ts'

/** A weak tag made from when the page last changed. */
const etagOf = ({ updatedAtMs }: StoredPage): string => `W/"${updatedAtMs}"`

const dateOf = (ms: number): string => new Date(ms).toISOString().replace('Z', '000')

const pageRow = (page: StoredPage, { options, mediaBase }: ApiContext): Row => ({
  deployment_id: page.id,
  pal_id: page.palId,
  channel: page.channel,
  status: page.status,
  name: page.name,
  has_password: false,
  usage_total: 0,
  usage_today: 0,
  ...(options.pageAddresses === 'none' || page.channel !== 'landing-page'
    ? {}
    : { url: `${mediaBase}/${page.id}/page/adaeze.png` }),
  created_at: dateOf(page.createdAtMs),
  updated_at: dateOf(page.updatedAtMs)
})

const notFound = (): ApiAnswer => refuse('Deployment not found', 404)

const one = ({ context, id }: Asked): StoredPage | undefined =>
  context.state.pages.find((page) => page.id === id)

const listPages: Handler = (asked) => {
  const { options, state } = asked.context
  if (options.pageListStatus !== undefined) {
    return refuse('Deployments are not available to this account', options.pageListStatus)
  }
  const window = readWindow(asked, 0, 20)
  if (window === null) return refuse('Invalid page or limit')
  const palId = asked.query.get('pal_id')
  const rows = state.pages.filter((page) => palId === null || page.palId === palId)
  const { page, limit, skip } = window
  const deployments = rows.slice(skip, skip + limit).map((row) => pageRow(row, asked.context))
  options.mutateBetweenPages?.({ list: 'pages', page, limit, state })
  return { status: 200, body: { deployments, total: rows.length, page, limit } }
}

const getPage: Handler = (asked) => {
  const page = one(asked)
  return page === undefined
    ? notFound()
    : { status: 200, body: pageRow(page, asked.context), headers: { etag: etagOf(page) } }
}

const statuses = ['draft', 'active', 'inactive'] as const

const patchPage: Handler = (asked) => {
  const { context, ifMatch } = asked
  const { options, state } = context
  if (one(asked) === undefined) return notFound()
  options.beforePatch?.(state, asked.id)
  const page = one(asked)
  if (page === undefined) return notFound()
  if (ifMatch !== undefined && ifMatch !== etagOf(page)) {
    return refuse('The deployment was changed meanwhile', options.staleStatus ?? 412)
  }
  const { body } = asked
  if (!isPatch(body)) return refuse('Invalid JSON patch')
  const status = statuses.find((word) =>
    body.some(({ path, value }) => path === '/status' && value === word)
  )
  if (status === undefined) return refuse('Invalid JSON patch')
  state.changePage(page.id, { status })
  return { status: 200, body: pageRow(one(asked) ?? page, context) }
}

const deletePage: Handler = (asked) => {
  const outcome = asked.context.state.deletePage(asked.id)
  return outcome === 'unknown-id' || outcome === 'already-gone'
    ? notFound()
    : answerChange(outcome, 'deployment_id', asked, 204)
}

/** The part of the API that puts PALs on web pages. */
export const pageRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/v2\/deployments$/, handle: listPages },
  { method: 'GET', path: /^\/v2\/deployments\/([^/]+)$/, handle: getPage },
  { method: 'PATCH', path: /^\/v2\/deployments\/([^/]+)$/, handle: patchPage },
  { method: 'DELETE', path: /^\/v2\/deployments\/([^/]+)$/, handle: deletePage }
]
