import { perVideoField, videoFields } from '../../shared/catalogue/draft-fields.ts'
import { type Draft, draftIdSchema, draftSchema, noChecks } from '../../shared/domain/draft.ts'
import type { DraftRecord } from '../ports/store.ts'
import type { OpenDraft } from './draft-states.ts'

/** Goes up when the meaning of a field changes. Without one: what was kept before there were any. */
const version = 2

/** The model that was sent unless another was chosen, before there was a way to choose none. */
const formerDefaultModel = 'phoenix-4'

/** Checks are of one run: what they say of a link is of no use without it. */
export const writeStoredDraft = ({ draft, operationId, paths }: Omit<OpenDraft, 'urls'>): string =>
  JSON.stringify({ version, draft: { ...draft, checks: undefined }, operationId, paths })

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
  raw: unknown,
  blank: Draft
): { readonly fields: Partial<Draft>; readonly isWhole: boolean } => {
  // A field that came later is as in a new draft.
  const given: Readonly<Record<string, unknown>> = isRecord(raw)
    ? { ...blank, ...raw, checks: noChecks }
    : {}
  const whole = draftSchema.safeParse(given)
  if (whole.success) return { fields: whole.data, isWhole: true }
  const fields = Object.entries(draftSchema.shape).flatMap(([name, schema]) => {
    const field = schema.safeParse(given[name])
    return field.success ? [[name, field.data] as const] : []
  })
  return { fields: Object.fromEntries(fields), isWhole: false }
}

const readPaths = (raw: unknown): OpenDraft['paths'] =>
  Object.fromEntries(
    videoFields.flatMap((field) => {
      const path = isRecord(raw) ? raw[field] : undefined
      return typeof path === 'string' ? [[field, path] as const] : []
    })
  )

/** A file whose place is not known is none. */
const filesAt = (files: Draft['files'], paths: OpenDraft['paths']): Draft['files'] =>
  perVideoField((field) => (paths[field] === undefined ? null : files[field]))

/**
 * A draft as it was kept, in the shape of now. One that cannot be read whole comes back with what could be read of it
 * and says so: a draft never vanishes without a word.
 */
export const readStoredDraft = (record: DraftRecord, blank: Draft): Omit<OpenDraft, 'urls'> => {
  const stored = parse(record.json)
  const { fields, isWhole } = readFields(stored['draft'], blank)
  const id = draftIdSchema.safeParse(record.id)
  const operationId = typeof stored['operationId'] === 'string' ? stored['operationId'] : null
  // What may have been sent is not sent again.
  const state = fields.state ?? (operationId === null ? 'editing' : 'unclear')
  const draft: Draft = { ...blank, ...fields, state, id: id.success ? id.data : blank.id }
  const paths = readPaths(stored['paths'])
  const isUnchosen = stored['version'] === undefined && draft.model === formerDefaultModel
  return {
    draft: {
      ...draft,
      model: isUnchosen ? '' : draft.model,
      files: filesAt(draft.files, paths),
      error: isWhole
        ? draft.error
        : {
            kind: 'invalid-input',
            issues: [{ field: '', code: 'draft-damaged', said: null }]
          }
    },
    operationId,
    paths
  }
}
