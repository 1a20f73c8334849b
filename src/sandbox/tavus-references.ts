import type { ApiAnswer } from './api-exchange.ts'
import { MEMORY_CANARY } from './canaries.ts'
import type { StoredPersona } from './snapshot.ts'
import {
  type Asked,
  answerChange,
  answerList,
  type Handler,
  isPatch,
  isTrue,
  type Route,
  refuse
} from './tavus-asked.ts'
import { conversationRow, personaRow, voiceRow } from './tavus-rows.ts'

const listPersonas: Handler = (asked) => {
  const type = asked.query.get('persona_type')
  if (type !== null && type !== 'user' && type !== 'system') return refuse('Invalid persona_type')
  const { state, options } = asked.context
  const isUnasked = (row: StoredPersona): boolean =>
    options.unfilteredPersonas !== 'without-stock' || row.type !== 'system'
  return answerList(asked, {
    list: 'personas',
    rows: state.personas.filter((row) => (type === null ? isUnasked(row) : row.type === type)),
    firstPage: 1,
    toRow: (row) => personaRow(row, asked.context)
  })
}

const getPersona: Handler = ({ context, id }) => {
  const persona = context.state.personas.find((row) => row.id === id)
  if (persona === undefined) return refuse('Invalid persona_id')
  const row = personaRow(persona, context)
  return { status: 200, body: context.options.onePersona === 'wrapped' ? { data: [row] } : row }
}

/** Changes the face and the voice; a value that is no such thing of the account is refused. */
const patchPersona: Handler = (asked) => {
  const { context, body, id } = asked
  const { state, options } = context
  const persona = state.personas.find((row) => row.id === id)
  if (persona === undefined || persona.type !== 'user') return refuse('Invalid persona_id')
  if (!isPatch(body)) return refuse('Invalid JSON patch')
  const valueAt = (...paths: readonly string[]): string | undefined => {
    const found = body.find(({ path }) => paths.includes(path))
    return typeof found?.value === 'string' ? found.value : undefined
  }
  const face = valueAt('/default_replica_id', '/default_face_id')
  const voice = valueAt('/layers/tts/voice_id')
  if (face !== undefined && !state.replicas.some((row) => row.id === face)) {
    return refuse('Invalid replica_uuid')
  }
  if (voice !== undefined && !state.voices.some((row) => row.id === voice)) {
    return refuse('Invalid voice_id')
  }
  if (options.palPatch?.() !== 'draft') {
    state.changePersona(id, {
      ...(face === undefined ? {} : { defaultReplicaId: face }),
      ...(voice === undefined ? {} : { voiceId: voice })
    })
  }
  return { status: 200 }
}

const deletePersona: Handler = (asked) => {
  const outcome = asked.context.state.deletePersona(asked.id, isTrue(asked, 'hard'))
  return answerChange(outcome, 'persona_id', asked, 204)
}

/** A deleted conversation whose row stays is neither active nor ended. */
const listConversations: Handler = (asked) => {
  const { context } = asked
  const { conversationListStatus } = context.options
  if (conversationListStatus !== undefined) {
    return refuse('Conversations are not available to this account', conversationListStatus)
  }
  const status = asked.query.get('status')
  if (status !== null && status !== 'active' && status !== 'ended') return refuse('Invalid status')
  return answerList(asked, {
    list: 'conversations',
    rows: context.state.conversations.filter(
      (row) => status === null || (row.status === status && !context.state.isDeleted(row))
    ),
    firstPage: 1,
    toRow: (row) => conversationRow(row, context)
  })
}

const getConversation: Handler = (asked) => {
  const { context, id } = asked
  const conversation = context.state.conversations.find((row) => row.id === id)
  if (conversation === undefined) return refuse('Invalid conversation_id')
  const isVerbose = isTrue(asked, 'verbose')
  const { transcriptStatus } = context.options
  if (isVerbose && transcriptStatus !== undefined) {
    return refuse('The transcript is not available', transcriptStatus)
  }
  return { status: 200, body: conversationRow(conversation, context, isVerbose) }
}

/** Nothing says how it is asked for or in which form it answers, so an option has both forms. */
const listMemoryStores: Handler = ({ context: { options, state } }) => {
  if (options.memoryStoresStatus !== undefined) {
    return refuse('Memory stores are not available to this account', options.memoryStoresStatus)
  }
  const rows = state.data.memoryStores.map((id) => ({
    memory_store_id: id,
    memories: [MEMORY_CANARY]
  }))
  const name = options.memoryStoresForm ?? 'data'
  return { status: 200, body: { [name]: rows, total_count: rows.length } }
}

const endConversation: Handler = ({ context, id }) => {
  if (!context.state.conversations.some((row) => row.id === id)) {
    return refuse('Invalid conversation_id')
  }
  context.state.endConversation(id)
  return { status: 200 }
}

const deleteConversation: Handler = (asked) => {
  const outcome = asked.context.state.deleteConversation(asked.id, isTrue(asked, 'hard'))
  return answerChange(outcome, 'conversation_id', asked, 204)
}

const voiceSources = ['all', 'system', 'user']

const listVoices: Handler = (asked) => {
  const { options, state } = asked.context
  if (options.voiceListStatus !== undefined) {
    return refuse('Voices are not available to this account', options.voiceListStatus)
  }
  const source = asked.query.get('source') ?? 'all'
  if (!voiceSources.includes(source)) return refuse('Invalid source')
  const limit = Number(asked.query.get('limit') ?? 10)
  if (limit > 100 || Number(asked.query.get('page') ?? 1) < 1)
    return refuse('Invalid page or limit')
  return answerList(asked, {
    list: 'voices',
    rows: state.voices.filter((row) => source === 'all' || row.type === source),
    firstPage: 1,
    toRow: (row) => voiceRow(row, false, asked.context)
  })
}

const getVoice: Handler = ({ context, id }) => {
  const voice = context.state.voices.find((row) => row.id === id)
  if (voice === undefined) return refuse('Voice not found', 404)
  return { status: 200, body: voiceRow(voice, true, context) }
}

/** What a voice is used by, in one of the shapes that its refusal may have. */
const voiceInUse = ({ context, id }: Asked): ApiAnswer => {
  const { pals, faces, isOriginal } = context.state.usesOfVoice(id)
  const error = isOriginal
    ? 'The original voice of a face cannot be deleted.'
    : 'The voice is in use and cannot be deleted.'
  const { voiceRefusal = 'counts' } = context.options
  if (voiceRefusal === 'sentence') return refuse(error, 409)
  const usedBy =
    voiceRefusal === 'counts'
      ? { pals, faces }
      : {
          pals: Array.from({ length: pals }, (_, index) => `p${index}`),
          faces: Array.from({ length: faces }, (_, index) => `r${index}`)
        }
  return { status: 409, body: { error, used_by: usedBy } }
}

const deleteVoice: Handler = (asked) => {
  const outcome = asked.context.state.deleteVoice(asked.id)
  if (outcome === 'in-use') return voiceInUse(asked)
  if (outcome === 'unknown-id' || outcome === 'already-gone') return refuse('Voice not found', 404)
  return answerChange(outcome, 'voice_id', asked, 204)
}

/** The part of the API that refers to replicas: voices, personas and conversations. */
export const referenceRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/v2\/voices$/, handle: listVoices },
  { method: 'GET', path: /^\/v2\/voices\/([^/]+)$/, handle: getVoice },
  { method: 'DELETE', path: /^\/v2\/voices\/([^/]+)$/, handle: deleteVoice },
  { method: 'GET', path: /^\/v2\/personas$/, handle: listPersonas },
  { method: 'GET', path: /^\/v2\/personas\/([^/]+)$/, handle: getPersona },
  { method: 'PATCH', path: /^\/v2\/personas\/([^/]+)$/, handle: patchPersona },
  { method: 'DELETE', path: /^\/v2\/personas\/([^/]+)$/, handle: deletePersona },
  { method: 'GET', path: /^\/v2\/memory-stores$/, handle: listMemoryStores },
  { method: 'GET', path: /^\/v2\/conversations$/, handle: listConversations },
  { method: 'GET', path: /^\/v2\/conversations\/([^/]+)$/, handle: getConversation },
  { method: 'POST', path: /^\/v2\/conversations\/([^/]+)\/end$/, handle: endConversation },
  { method: 'DELETE', path: /^\/v2\/conversations\/([^/]+)$/, handle: deleteConversation }
]
