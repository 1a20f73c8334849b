import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { askReplicate, startReplicate } from '../../test/sandbox/running-replicate.ts'
import { closeAll } from '../../test/sandbox/running-sandbox.ts'

afterEach(closeAll)

const date = z.iso.datetime()
const link = z.url()
const text = z.string()
const json = z.record(text, z.unknown())

const account = z.strictObject({
  type: z.enum(['user', 'organization']),
  username: text,
  name: text,
  github_url: link
})

const version = z.strictObject({
  id: text.regex(/^[0-9a-f]{64}$/),
  created_at: date,
  cog_version: text.nullable(),
  openapi_schema: json
})

const jobFields = {
  id: text,
  model: text.regex(/^[^/]+\/[^/]+$/),
  version: text,
  source: z.enum(['web', 'api']),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  input: json,
  error: text.nullable(),
  logs: text.nullable(),
  metrics: json,
  created_at: date,
  started_at: date.nullable(),
  completed_at: date.nullable(),
  urls: z.strictObject({ web: link, get: link, cancel: link })
}

const prediction = z.strictObject({
  ...jobFields,
  deployment: text.optional(),
  output: z.array(link).nullable(),
  data_removed: z.boolean()
})

const training = z.strictObject({
  ...jobFields,
  output: z
    .strictObject({ version: text.regex(/^[^/]+\/[^/:]+:[0-9a-f]{64}$/), weights: link })
    .nullable()
})

const model = z.strictObject({
  url: link,
  owner: text,
  name: text,
  description: text.nullable(),
  visibility: z.enum(['public', 'private']),
  is_official: z.boolean(),
  github_url: link.nullable(),
  paper_url: link.nullable(),
  license_url: link.nullable(),
  run_count: z.int(),
  cover_image_url: link.nullable(),
  default_example: prediction.nullable(),
  latest_version: version.nullable()
})

const deployment = z.strictObject({
  owner: text,
  name: text,
  current_release: z.strictObject({
    number: z.int(),
    model: text,
    version: text,
    created_at: date,
    created_by: account.omit({ github_url: true }),
    configuration: z.strictObject({
      hardware: text,
      min_instances: z.int(),
      max_instances: z.int()
    })
  })
})

const pageOf = (row: z.ZodType) =>
  z.strictObject({ next: link.nullable(), previous: link.nullable(), results: z.array(row).min(1) })

/** Fields and types as Replicate's OpenAPI document has them; https://api.replicate.com/openapi.json, as of March 2026. */
const answers: Readonly<Record<string, z.ZodType>> = {
  '/account': account,
  '/models': pageOf(model),
  '/models/studio-north/portrait-lora': model,
  '/models/studio-north/old-avatar-tests': model,
  '/models/studio-north/portrait-lora/versions': pageOf(version),
  '/models/studio-north/portrait-lora/examples': pageOf(prediction),
  '/deployments': pageOf(deployment),
  '/trainings': pageOf(training),
  '/predictions': pageOf(prediction)
}

describe('the fields of answers', () => {
  it.each(Object.entries(answers))('of %s are the documented ones', async (path, schema) => {
    const sandbox = await startReplicate({ seedData: 'sample', mediaDir: '/media' })
    const { status, body } = await askReplicate(sandbox, path)
    expect(status).toBe(200)
    expect(schema.safeParse(body).error).toBeUndefined()
  })

  it('say which model is official, whose versions no list shows', async () => {
    const officialModels = ['studio-north/portrait-lora']
    const sandbox = await startReplicate({ seedData: 'sample', officialModels })
    const rowOf = async (name: string) => (await askReplicate(sandbox, `/models/${name}`)).body
    expect(await rowOf('studio-north/portrait-lora')).toMatchObject({ is_official: true })
    expect(await rowOf('studio-north/old-avatar-tests')).toMatchObject({ is_official: false })
    const listed = await askReplicate(sandbox, '/models/studio-north/portrait-lora/versions')
    expect(listed.status).toBe(404)
  })
})
