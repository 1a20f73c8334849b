import { assertNever } from '../shared/result.ts'
import type { ApiAnswer, ApiRequest } from './api-exchange.ts'
import {
  type Asked,
  answerList,
  type Handler,
  type ReplicateContext,
  type Route
} from './replicate-asked.ts'
import { jobRoutes } from './replicate-jobs.ts'
import type { Dated } from './replicate-pages.ts'
import { notFound, problem, refuseDelete, versionNotFound } from './replicate-refusals.ts'
import { accountRow, modelRow, predictionRow, versionRow } from './replicate-rows.ts'
import { modelId } from './replicate-rules.ts'
import type { RefusalRule, StoredModel } from './replicate-snapshot.ts'
import type { DeletionResult } from './replicate-state.ts'

const askedModel = ({ names: [owner, name] }: Asked): string => `${owner}/${name}`

/** The model in the path, or the answer that there is none to see. */
const findModel = (asked: Asked): StoredModel | ApiAnswer => {
  const { options, state } = asked.context
  const model = state.model(askedModel(asked))
  if (model === undefined) return notFound
  const isForeign = model.owner !== state.username && model.visibility === 'private'
  if (!isForeign) return model
  return options.foreignModelStatus === 403
    ? problem(403, 'You do not have permission to see this model.', 'Forbidden')
    : notFound
}

const withModel =
  (answer: (asked: Asked, model: StoredModel) => ApiAnswer): Handler =>
  (asked) => {
    const found = findModel(asked)
    return 'status' in found ? found : answer(asked, found)
  }

const withId = <T extends StoredModel>(model: T): T & Dated => ({ ...model, id: modelId(model) })

const listModels: Handler = (asked) =>
  answerList(
    asked,
    'models',
    asked.context.state.models.filter(({ visibility }) => visibility === 'public').map(withId),
    (model) => modelRow(model, asked.context)
  )

const getModel = withModel(({ context }, model) => ({
  status: 200,
  body: modelRow(model, context)
}))

const textIn = (body: unknown, field: string): string | null => {
  const fields: Readonly<Record<string, unknown>> =
    typeof body === 'object' && body !== null ? { ...body } : {}
  const value = fields[field]
  return typeof value === 'string' && value !== '' ? value : null
}

const createModel: Handler = ({ body, context }) => {
  const { nowMs, state } = context
  const [owner, name] = [textIn(body, 'owner'), textIn(body, 'name')]
  const visibility = textIn(body, 'visibility')
  if (owner === null || name === null || (visibility !== 'private' && visibility !== 'public')) {
    return problem(422, 'owner, name, visibility and hardware are required.', 'Invalid input')
  }
  if (owner !== state.username) return problem(403, 'You cannot create models for that owner.')
  if (state.isNameTaken(`${owner}/${name}`)) {
    return problem(409, 'A model with that name and owner already exists.', 'Conflict')
  }
  const description = textIn(body, 'description')
  const model: StoredModel = {
    owner,
    name,
    description,
    visibility,
    runCount: 0,
    cover: null,
    readme: null,
    createdAtMs: nowMs
  }
  state.addModel(model)
  return { status: 201, body: modelRow(model, context) }
}

/** `visibility` is not among the fields that can be changed. */
const updateModel = withModel(({ body, context }, model) => {
  if (model.owner !== context.state.username) return notFound
  const [description, readme] = [textIn(body, 'description'), textIn(body, 'readme')]
  const id = modelId(model)
  context.state.changeModel(id, {
    ...(description === null ? {} : { description }),
    ...(readme === null ? {} : { readme })
  })
  return { status: 200, body: modelRow(context.state.model(id) ?? model, context) }
})

const answerDeletion = (
  { outcome, rules }: DeletionResult,
  missing: ApiAnswer,
  { options }: ReplicateContext
): ApiAnswer => {
  switch (outcome) {
    case 'done':
      return { status: 204 }
    case 'accepted':
      return { status: 202 }
    case 'repeated':
      return answerRepeated(options.repeatedDeleteStatus ?? 202)
    case 'not-found':
      return missing
    case 'refused':
      return refuseDelete(firstOf(rules), options)
    default:
      return assertNever(outcome)
  }
}

const answerRepeated = (status: 202 | 404 | 409): ApiAnswer => {
  if (status === 404) return versionNotFound
  return status === 202 ? { status } : problem(409, 'This version is being deleted.')
}

const firstOf = ([rule]: readonly RefusalRule[]): RefusalRule => {
  if (rule === undefined) throw new Error('A refusal has a rule')
  return rule
}

/** A private model of another owner is not there; a public one is refused for its owner first. */
const deleteModel: Handler = (asked) => {
  const { context } = asked
  const id = askedModel(asked)
  const found = findModel(asked)
  if ('status' in found && context.state.model(id) !== undefined) return found
  return answerDeletion(context.state.deleteModel(id), notFound, context)
}

const deleteVersion = withModel((asked, model) =>
  answerDeletion(
    asked.context.state.deleteVersion(asked.names[2], model),
    versionNotFound,
    asked.context
  )
)

const getReadme = withModel((_, { readme }) =>
  readme === null
    ? notFound
    : { status: 200, body: readme, headers: { 'content-type': 'text/plain; charset=utf-8' } }
)

const listExamples = withModel((asked, model) =>
  answerList(
    asked,
    'examples',
    asked.context.state.predictions.filter((row) => row.isExample && row.model === modelId(model)),
    (row) => predictionRow(row, asked.context)
  )
)

const listVersions = withModel((asked, model) => {
  const { isOfficial, state } = asked.context
  const id = modelId(model)
  if (isOfficial(id)) return notFound
  return answerList(asked, 'versions', state.versionsOf(id), versionRow)
})

const getVersion = withModel(({ context, names }, model) => {
  const version = context.state.versionsOf(modelId(model)).find(({ id }) => id === names[2])
  return version === undefined ? versionNotFound : { status: 200, body: versionRow(version) }
})

const MODEL = '/v1/models/([^/]+)/([^/]+)'

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/account$/,
    handle: ({ context }) => ({ status: 200, body: accountRow(context) })
  },
  { method: 'GET', path: /^\/v1\/models$/, handle: listModels },
  { method: 'POST', path: /^\/v1\/models$/, handle: createModel },
  { method: 'GET', path: new RegExp(`^${MODEL}$`), handle: getModel },
  { method: 'PATCH', path: new RegExp(`^${MODEL}$`), handle: updateModel },
  { method: 'DELETE', path: new RegExp(`^${MODEL}$`), handle: deleteModel },
  { method: 'GET', path: new RegExp(`^${MODEL}/readme$`), handle: getReadme },
  { method: 'GET', path: new RegExp(`^${MODEL}/examples$`), handle: listExamples },
  { method: 'GET', path: new RegExp(`^${MODEL}/versions$`), handle: listVersions },
  { method: 'GET', path: new RegExp(`^${MODEL}/versions/([^/]+)$`), handle: getVersion },
  { method: 'DELETE', path: new RegExp(`^${MODEL}/versions/([^/]+)$`), handle: deleteVersion },
  ...jobRoutes
]

const decoded = (part: string | undefined): string => {
  try {
    return decodeURIComponent(part ?? '')
  } catch (error) {
    if (error instanceof URIError) return part ?? ''
    throw error
  }
}

/** Answers one request of an account whose token was accepted. */
export const answerReplicate = (request: ApiRequest, context: ReplicateContext): ApiAnswer => {
  const path = request.path.replace(/\/$/, '')
  const onPath = routes.filter((route) => route.path.test(path))
  const route = onPath.find((candidate) => candidate.method === request.method)
  if (route === undefined) {
    return onPath.length === 0 ? notFound : problem(405, `Method "${request.method}" not allowed.`)
  }
  const [, first, second, third] = route.path.exec(path) ?? []
  return route.handle({
    ...request,
    path,
    context,
    names: [decoded(first), decoded(second), decoded(third)]
  })
}
