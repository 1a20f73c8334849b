import type { TranscriptLine } from '../../../shared/domain/transcript.ts'
import { mostTranscriptLines } from '../../../shared/domain/transcript.ts'
import { fail, ok } from '../../../shared/result.ts'
import type { Provider } from '../../ports/provider.ts'
import { cleanText } from '../../rules/clean-text.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { assetUrl, notOffered } from './tavus-address.ts'
import { refusalOf, saysUnknown } from './tavus-errors.ts'
import { type TranscriptWire, transcriptWireSchema } from './tavus-wire.ts'

const longestLine = 20_000

/** Known are user and assistant; what else Tavus may call them is told by their use elsewhere in its documents. */
const speakerOf = (role: string): TranscriptLine['by'] => {
  switch (role.toLowerCase()) {
    case 'user':
    case 'participant':
      return 'visitor'
    case 'assistant':
    case 'replica':
    case 'face':
      return 'face'
    default:
      return 'other'
  }
}

/** Where in the answer it stands is not documented: at its top, or in one of its events. */
const linesIn = ({ transcript, events }: TranscriptWire) =>
  transcript ?? events?.flatMap(({ properties }) => properties?.transcript ?? []) ?? []

/** Reads what was said in a conversation, and of the analysis that comes with it nothing. Only when a person asks for it. */
export const createTranscripts = (call: Call): Required<Pick<Provider, 'readTranscript'>> => ({
  readTranscript: async (connection, kind, id, signal) => {
    if (kind !== 'conversation') return notOffered('kind')
    const url = assetUrl(connection.apiAddress, kind, id)
    if (!url.ok) return url
    const got = await call(connection, { method: 'GET', url: `${url.value}?verbose=true` }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer, kind)) return fail({ kind: 'not-found' })
    // That a key may not read this says nothing about the key.
    if (!isDone(answer)) {
      return fail(refusalOf(answer, answer.status === 403 ? 'remove' : 'read', redactText))
    }
    const told = readShape(answer, transcriptWireSchema)
    if (!told.ok) return told
    const lines = linesIn(told.value).flatMap(({ role, content }): readonly TranscriptLine[] => {
      // The setting of the scene is the account's own text, and was not said.
      if (!content || role?.toLowerCase() === 'system') return []
      const text = cleanText(redactText(content), longestLine)
      return [{ by: speakerOf(role ?? ''), role: cleanText(role ?? '', 60), text }]
    })
    return ok({
      lines: lines.slice(0, mostTranscriptLines),
      isCut: lines.length > mostTranscriptLines
    })
  }
})
