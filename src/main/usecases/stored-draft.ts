import {
  type Draft,
  draftIdSchema,
  draftSchema,
  noChecks,
  noFiles
} from '../../shared/domain/draft.ts'
import type { DraftRecord } from '../ports/store.ts'

/** Goes up when the meaning of a field changes. Without one: what was kept before there were any. */
const version = 2

/** The model that was sent unless another was chosen, before there was a way to choose none. */
const formerDefaultModel = 'phoenix-4'

/** Checks are of one run: what they say of a link is of no use without it. */
export const writeStoredDraft = (draft: Draft, operationId: string | null): string =>
  JSON.stringify({ version, draft: { ...draft, checks: undefined }, operationId })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (json: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** The fields that can be read, each for itself, and whether that was all. One from before there were files has none. */
const readFields = (
  raw: unknown
): { readonly fields: Partial<Draft>; readonly isWhole: boolean } => {
  const given: Readonly<Record<string, unknown>> = isRecord(raw)
    ? { files: noFiles, ...raw, checks: noChecks }
    : {}
  const whole = draftSchema.safeParse(given)
  if (whole.success) return { fields: whole.data, isWhole: true }
  const fields = Object.entries(draftSchema.shape).flatMap(([name, schema]) => {
    const field = schema.safeParse(given[name])
    return field.success ? [[name, field.data] as const] : []
  })
  return { fields: Object.fromEntries(fields), isWhole: false }
}

/**
 * A draft as it was kept, in the shape of now. One that cannot be read whole comes back with what could be read of it
 * and says so: a draft never vanishes without a word.
 */
export const readStoredDraft = (
  record: DraftRecord,
  blank: Draft
): { readonly draft: Draft; readonly operationId: string | null } => {
  const stored = parse(record.json)
  const { fields, isWhole } = readFields(stored['draft'])
  const id = draftIdSchema.safeParse(record.id)
  const operationId = typeof stored['operationId'] === 'string' ? stored['operationId'] : null
  // What may have been sent is not sent again.
  const state = fields.state ?? (operationId === null ? 'editing' : 'unclear')
  const draft: Draft = { ...blank, ...fields, state, id: id.success ? id.data : blank.id }
  const isUnchosen = stored['version'] === undefined && draft.model === formerDefaultModel
  return {
    draft: {
      ...draft,
      model: isUnchosen ? '' : draft.model,
      error: isWhole
        ? draft.error
        : {
            kind: 'invalid-input',
            issues: [{ field: '', code: 'draft-damaged', said: null }]
          }
    },
    operationId
  }
}
