import type * as z from 'zod'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Connection, Lookup, ObservedAsset, Provider } from '../../ports/provider.ts'
import { type Call, isDone, readShape, shapeError } from '../account-call.ts'
import { assetUrl, listUrl, modelOf, sameName } from './replicate-address.ts'
import { refusalOf, saysUnknown } from './replicate-errors.ts'
import { readModel, readVersion } from './replicate-mapping.ts'
import {
  accountWireSchema,
  type ModelWire,
  modelWireSchema,
  versionWireSchema
} from './replicate-wire.ts'

const nothingFound = new Set<never>()

/** A model's own words; null: Replicate knows none of that name, or none for this key. */
export interface ModelReading {
  readonly wire: ModelWire | null
  readonly redactText: (text: string) => string
}

export interface Reads extends Pick<Provider, 'checkKey' | 'watch' | 'get' | 'probe'> {
  /** The name of the token's owner. */
  readUsername(connection: Connection, signal: AbortSignal): Promise<Result<string>>
  readModelWire(
    connection: Connection,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<ModelReading>>
  /** Two looks in a row, as one 404 was seen to pass. */
  isGone(
    connection: Connection,
    kind: TargetKind,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<boolean>>
}

/** Everything that only looks at one thing. */
export const createReads = (call: Call): Reads => {
  /** Null: there is no such thing. */
  const check = async <S extends z.ZodType>(
    connection: Connection,
    url: string,
    schema: S,
    signal: AbortSignal
  ): Promise<Result<{ wire: z.output<S> | null; redactText: ModelReading['redactText'] }>> => {
    const got = await call(connection, { method: 'GET', url }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer)) return ok({ wire: null, redactText })
    if (!isDone(answer)) return fail(refusalOf(answer, 'read', redactText))
    const wire = readShape(answer, schema)
    return wire.ok ? ok({ wire: wire.value, redactText }) : wire
  }

  const readUsername: Reads['readUsername'] = async (connection, signal) => {
    const url = listUrl(connection.apiAddress, 'account')
    const got = await call(connection, { method: 'GET', url }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (!isDone(answer)) return fail(refusalOf(answer, 'account', redactText))
    const account = readShape(answer, accountWireSchema)
    return account.ok ? ok(account.value.username) : account
  }

  const readModelWire: Reads['readModelWire'] = async (connection, id, signal) => {
    const url = assetUrl(connection.apiAddress, 'model', id)
    if (!url.ok) return url
    const reading = await check(connection, url.value, modelWireSchema, signal)
    if (!reading.ok || reading.value.wire === null) return reading
    const { owner, name } = reading.value.wire
    return sameName(`${owner}/${name}`, id) ? reading : shapeError()
  }

  const getModel = async (
    connection: Connection,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<Lookup>> => {
    const reading = await readModelWire(connection, id, signal)
    if (!reading.ok) return reading
    const { wire, redactText } = reading.value
    if (wire === null) return ok({ found: null })
    const found = readModel(wire, { origin: null, redactText, foundIn: nothingFound })
    return found === null ? shapeError() : ok({ found })
  }

  const getVersion = async (
    connection: Connection,
    id: AssetId,
    signal: AbortSignal
  ): Promise<Result<Lookup>> => {
    const url = assetUrl(connection.apiAddress, 'version', id)
    if (!url.ok) return url
    const reading = await check(connection, url.value, versionWireSchema, signal)
    if (!reading.ok) return reading
    if (reading.value.wire === null) return ok({ found: null })
    const context = { origin: null, surroundings: null }
    const found = readVersion(modelOf(id), reading.value.wire, context)
    return found?.id === id ? ok({ found }) : shapeError()
  }

  const get: Provider['get'] = async (connection, kind, id, signal) => {
    if (kind === 'model') return getModel(connection, id, signal)
    return kind === 'version' ? getVersion(connection, id, signal) : notOffered('kind')
  }

  const probe: Provider['probe'] = async (connection, kind, id, signal) => {
    const gone = await isGone(connection, kind, id, signal)
    return gone.ok ? ok(gone.value ? 'gone' : 'there') : gone
  }

  const isThere = async (
    connection: Connection,
    url: string,
    signal: AbortSignal
  ): Promise<Result<boolean>> => {
    const got = await call(connection, { method: 'GET', url }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer)) return ok(false)
    return isDone(answer) ? ok(true) : fail(refusalOf(answer, 'read', redactText))
  }

  const isGone: Reads['isGone'] = async (connection, kind, id, signal) => {
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    const first = await isThere(connection, url.value, signal)
    if (!first.ok || first.value) return first.ok ? ok(false) : first
    const second = await isThere(connection, url.value, signal)
    return second.ok ? ok(!second.value) : second
  }

  return {
    readUsername,
    readModelWire,
    isGone,
    get,
    probe,

    checkKey: async (connection, signal) => {
      const username = await readUsername(connection, signal)
      return username.ok ? ok(null) : username
    },

    watch: async (connection, kind, ids, signal) => {
      const assets: ObservedAsset[] = []
      for (const id of new Set(ids)) {
        const reading = await get(connection, kind, id, signal)
        if (!reading.ok) return reading
        if (reading.value.found !== null) assets.push(reading.value.found)
      }
      return ok(assets)
    }
  }
}

/** The answer to what Replicate has no way to do. */
export const notOffered = (field: string) =>
  fail({ kind: 'invalid-input', issues: [{ field, code: 'not-offered', said: null }] })
