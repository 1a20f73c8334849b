import { answerList, type Handler, type Route } from './replicate-asked.ts'
import { notFound, problem } from './replicate-refusals.ts'
import { deploymentRow, fileRow, predictionRow, trainingRow } from './replicate-rows.ts'
import { modelId } from './replicate-rules.ts'

const WEB_DAYS_MS = 14 * 24 * 3_600_000

const listDeployments: Handler = (asked) =>
  answerList(
    asked,
    'deployments',
    asked.context.state.deployments.map((row) => ({ ...row, id: modelId(row) })),
    (row) => deploymentRow(row, asked.context)
  )

const getDeployment: Handler = ({ context, names: [owner, name] }) => {
  const found = context.state.deployments.find((row) => row.owner === owner && row.name === name)
  return found === undefined ? notFound : { status: 200, body: deploymentRow(found, context) }
}

const listTrainings: Handler = (asked) =>
  answerList(asked, 'trainings', asked.context.state.trainings, (row) =>
    trainingRow(row, asked.context)
  )

const getTraining: Handler = ({ context, names: [id] }) => {
  const training = context.state.trainings.find((row) => row.id === id)
  return training === undefined ? notFound : { status: 200, body: trainingRow(training, context) }
}

const timeIn = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name)
  return text === null ? otherwise : Date.parse(text)
}

const listPredictions: Handler = (asked) => {
  const { nowMs, state } = asked.context
  const source = asked.query.get('source')
  if (source !== null && source !== 'web') return problem(400, 'source can only be web.')
  const earliestMs = source === 'web' ? nowMs - WEB_DAYS_MS : Number.NEGATIVE_INFINITY
  const fromMs = Math.max(timeIn(asked.query, 'created_after', earliestMs), earliestMs)
  const untilMs = timeIn(asked.query, 'created_before', Number.POSITIVE_INFINITY)
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs)) return problem(400, 'Invalid date.')
  return answerList(
    asked,
    'predictions',
    state.predictions.filter(
      (row) =>
        (source === null || row.source === source) &&
        row.createdAtMs >= fromMs &&
        row.createdAtMs < untilMs
    ),
    (row) => predictionRow(row, asked.context)
  )
}

const getPrediction: Handler = ({ context, names: [id] }) => {
  const prediction = context.state.predictions.find((row) => row.id === id)
  return prediction === undefined
    ? notFound
    : { status: 200, body: predictionRow(prediction, context) }
}

const listFiles: Handler = (asked) =>
  answerList(asked, 'files', asked.context.state.files, (row) => fileRow(row, asked.context))

const getFile: Handler = ({ context, names: [id] }) => {
  const file = context.state.files.find((row) => row.id === id)
  return file === undefined ? notFound : { status: 200, body: fileRow(file, context) }
}

const deleteFile: Handler = ({ context, names: [id] }) =>
  context.state.deleteFile(id).outcome === 'done' ? { status: 204 } : notFound

/** The part of the API that tells what uses versions, deployments, trainings and predictions, and what was uploaded. */
export const jobRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/v1\/deployments$/, handle: listDeployments },
  { method: 'GET', path: /^\/v1\/deployments\/([^/]+)\/([^/]+)$/, handle: getDeployment },
  { method: 'GET', path: /^\/v1\/trainings$/, handle: listTrainings },
  { method: 'GET', path: /^\/v1\/trainings\/([^/]+)$/, handle: getTraining },
  { method: 'GET', path: /^\/v1\/predictions$/, handle: listPredictions },
  { method: 'GET', path: /^\/v1\/predictions\/([^/]+)$/, handle: getPrediction },
  { method: 'GET', path: /^\/v1\/files$/, handle: listFiles },
  { method: 'GET', path: /^\/v1\/files\/([^/]+)$/, handle: getFile },
  { method: 'DELETE', path: /^\/v1\/files\/([^/]+)$/, handle: deleteFile }
]
