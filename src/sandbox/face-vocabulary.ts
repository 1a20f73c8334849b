/**
 * The newer words of the API for the same things: `/v2/faces` for `/v2/replicas`, `/v2/pals` for `/v2/personas`.
 * The sandbox thinks in the older words and translates at the border.
 */
const fieldPairs = [
  ['replica_id', 'face_id'],
  ['replica_ids', 'face_ids'],
  ['replica_name', 'face_name'],
  ['replica_type', 'face_type'],
  ['default_replica_id', 'default_face_id'],
  ['persona_id', 'pal_id'],
  ['persona_name', 'pal_name'],
  ['persona_type', 'pal_type']
] as const

const toNew = new Map<string, string>(fieldPairs)
const toOld = new Map<string, string>(fieldPairs.map(([older, newer]) => [newer, older]))

/** The older path, and whether the newer words were used. */
export const toOldPath = (path: string): { readonly path: string; readonly isNew: boolean } => {
  const older = path
    .replace(/^\/v2\/faces(?=\/|$)/, '/v2/replicas')
    .replace(/^\/v2\/pals(?=\/|$)/, '/v2/personas')
  return { path: older, isNew: older !== path }
}

const renameFields = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => renameFields(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      names.get(field) ?? field,
      field === 'data' ? renameFields(content, names) : content
    ])
  )
}

export const toNewBody = (body: unknown): unknown => {
  const renamed = renameFields(body, toNew)
  return isErrorBody(renamed) ? { error: toNewText(renamed.error) } : renamed
}

export const toOldBody = (body: unknown): unknown => renameFields(body, toOld)

export const toOldQuery = (query: URLSearchParams): URLSearchParams =>
  new URLSearchParams(
    [...query].map(([name, value]): [string, string] => [toOld.get(name) ?? name, value])
  )

const isErrorBody = (body: unknown): body is { readonly error: string } =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'

const toNewText = (text: string): string =>
  fieldPairs.reduce((result, [older, newer]) => result.replaceAll(older, newer), text)
