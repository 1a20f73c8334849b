import {
  answerChange,
  answerList,
  type Handler,
  isTrue,
  type Route,
  refuse
} from './tavus-asked.ts'
import { conversationRow, personaRow } from './tavus-rows.ts'

const listPersonas: Handler = (asked) => {
  const type = asked.query.get('persona_type')
  if (type !== null && type !== 'user' && type !== 'system') return refuse('Invalid persona_type')
  return answerList(asked, {
    list: 'personas',
    rows: asked.context.state.personas.filter((row) => type === null || row.type === type),
    firstPage: 1,
    toRow: (row) => personaRow(row, asked.context)
  })
}

const getPersona: Handler = ({ context, id }) => {
  const persona = context.state.personas.find((row) => row.id === id)
  if (persona === undefined) return refuse('Invalid persona_id')
  return { status: 200, body: personaRow(persona, context) }
}

const deletePersona: Handler = (asked) => {
  const outcome = asked.context.state.deletePersona(asked.id, isTrue(asked, 'hard'))
  return answerChange(outcome, 'persona_id', asked, 204)
}

/** A deleted conversation whose row stays is neither active nor ended. */
const listConversations: Handler = (asked) => {
  const { context } = asked
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

const getConversation: Handler = ({ context, id }) => {
  const conversation = context.state.conversations.find((row) => row.id === id)
  if (conversation === undefined) return refuse('Invalid conversation_id')
  return { status: 200, body: conversationRow(conversation, context) }
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

/** The part of the API that refers to replicas: personas and conversations. */
export const referenceRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/v2\/personas$/, handle: listPersonas },
  { method: 'GET', path: /^\/v2\/personas\/([^/]+)$/, handle: getPersona },
  { method: 'DELETE', path: /^\/v2\/personas\/([^/]+)$/, handle: deletePersona },
  { method: 'GET', path: /^\/v2\/conversations$/, handle: listConversations },
  { method: 'GET', path: /^\/v2\/conversations\/([^/]+)$/, handle: getConversation },
  { method: 'POST', path: /^\/v2\/conversations\/([^/]+)\/end$/, handle: endConversation },
  { method: 'DELETE', path: /^\/v2\/conversations\/([^/]+)$/, handle: deleteConversation }
]
