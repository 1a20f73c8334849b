import type { TargetFacts } from '../../ports/provider.ts'

/** What a PAL shows and speaks with. Null: none of its own, or not told. */
export interface PalShows {
  readonly faceId: string | null
  readonly voiceId: string | null
}

/** How sure it is that something shows a likeness; null: it does not, as far as anybody can see. */
export type PalJoin = 'certain' | 'likely' | 'unknown'

/** The voices of a plan, by how sure it is that they are those of its faces. */
export type VoiceJoins = ReadonlyMap<string, PalJoin>

/** How a voice was joined to the faces of its plan, as its note tells. */
export const joinNoted = ({ notes, relation }: TargetFacts): PalJoin => {
  const note = notes.find(({ code }) => code === 'perhaps-not-its-voice')
  if (note === undefined) return relation === 'voice-of' ? 'unknown' : 'certain'
  if (note.finding === 'does-not-hold') return 'certain'
  return note.finding === 'holds' ? 'likely' : 'unknown'
}

/**
 * Whether a PAL carries a likeness: it shows one of its faces, or speaks with one of its voices, which is as sure as the
 * voice is. A PAL without a face of its own may be held with any, which no list tells. Source: tavus.md 3.4.
 */
export const palJoinOf = (
  { faceId, voiceId }: PalShows,
  faceIds: ReadonlySet<string>,
  voices: VoiceJoins
): PalJoin | null => {
  if (faceId !== null && faceIds.has(faceId)) return 'certain'
  return voiceId === null ? null : (voices.get(voiceId) ?? null)
}

/**
 * Whether a public page shows a likeness: it names a PAL, not a face. Of a PAL that a partial list left out, nobody can say
 * what it shows. Source: tavus.md 3.6.
 */
export const pageJoinOf = (
  palId: string | null,
  pals: ReadonlyMap<string, PalJoin>,
  listedPalIds: ReadonlySet<string>,
  isListWhole: boolean
): PalJoin | null => {
  if (palId === null) return 'unknown'
  const join = pals.get(palId)
  if (join !== undefined) return join
  return listedPalIds.has(palId) || isListWhole ? null : 'unknown'
}
