import type { AssetDetail } from '../../../shared/domain/asset.ts'
import type { FactNote, TargetFacts } from '../../ports/provider.ts'

/** The voices that a replica names. Null: none, or not told. */
export interface VoicesNamed {
  /** The one that it was made with; never changes. */
  readonly original: string | null
  /** The one that it speaks with; anybody may have chosen it. */
  readonly chosen: string | null
}

/** A replica as far as its voices matter. */
export interface VoicedFace extends VoicesNamed {
  readonly facts: Pick<TargetFacts, 'target' | 'name'>
}

/** How sure it is that a voice is that of a face; null: it is not the face's at all. */
export type VoiceJoin = 'certain' | 'likely' | 'unknown'

/** What a replica's row tells of its voices. */
export const voicesNamedIn = (details: readonly AssetDetail[]): VoicesNamed => {
  const told = (wanted: string): string | null =>
    details.find(({ name }) => name === wanted)?.value ?? null
  return { original: told('original_voice_id'), chosen: told('default_voice_id') }
}

/**
 * Whether a voice is that of one of these faces. Tavus tells nowhere which face a voice was made from; a face's original
 * voice was made with it, while its default voice may have been chosen from any. An original that another face has as well
 * was not made with both. Source: tavus.md 3.5.
 */
export const joinOf = (
  voiceId: string,
  wanted: readonly VoicesNamed[],
  others: readonly VoicesNamed[]
): VoiceJoin | null => {
  const isOriginal = ({ original }: VoicesNamed): boolean => original === voiceId
  if (wanted.some(isOriginal)) return others.some(isOriginal) ? 'likely' : 'certain'
  const choosing = wanted.filter(({ chosen }) => chosen === voiceId)
  if (choosing.length === 0) return null
  // Made with another face of the account, or chosen in place of the face's own.
  if (others.some(isOriginal) || choosing.some(({ original }) => original !== null))
    return 'unknown'
  return 'likely'
}

/** What a join that is not certain means for the deletion of the voice. */
export const noteOfJoin = (join: VoiceJoin, faces: FactNote['evidence']): FactNote => ({
  code: 'perhaps-not-its-voice',
  finding: join === 'certain' ? 'does-not-hold' : join === 'likely' ? 'holds' : 'not-checked',
  isComplete: join === 'certain',
  evidence: faces
})
