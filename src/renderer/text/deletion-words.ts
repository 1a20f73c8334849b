import type {
  DeletionCaution,
  DeletionEffect,
  DeletionMode,
  DeletionOutcome
} from '../../shared/domain/deletion.ts'
import { assertNever } from '../../shared/result.ts'

export interface EffectWords {
  readonly what: string
  readonly more: string
}

const effect = (what: string, more: string): EffectWords => ({ what, more })

/** What goes. */
export const goesText = (code: DeletionEffect): EffectWords => {
  switch (code) {
    case 'replica':
      return effect('The replica', 'It can no longer be used in videos or conversations.')
    case 'training-footage':
      return effect('Its training footage', 'As Tavus keeps it. Your own file stays with you.')
    case 'training-footage-perhaps':
      return effect('Perhaps its training footage', 'Tavus does not say.')
    case 'video':
      return effect('The video', 'File and page.')
    case 'video-thumbnails':
      return effect('Its thumbnails', 'Still and moving.')
    case 'conversations':
      return effect('Its conversations', 'With their recordings.')
    case 'videos-made-with-it':
      return effect('Videos made with it', 'Files and thumbnails.')
    case 'personas-using-it':
      return effect('Personas that use it', '')
    case 'provider-backups':
      return effect('Backups at Tavus', '')
    default:
      return assertNever(code)
  }
}

/** What stays. */
export const staysText = (code: DeletionEffect): EffectWords => {
  switch (code) {
    case 'replica':
      return effect('The replica itself', '')
    case 'training-footage':
      return effect('Its training footage', 'Only a permanent deletion takes it along.')
    case 'training-footage-perhaps':
      return effect('Perhaps its training footage', 'Tavus does not say.')
    case 'video':
      return effect('The video', '')
    case 'video-thumbnails':
      return effect('Its thumbnails', '')
    case 'conversations':
      return effect('Conversations held with it', 'They are deleted one by one, at Tavus.')
    case 'videos-made-with-it':
      return effect('Videos made with it', 'Delete them under Videos.')
    case 'personas-using-it':
      return effect('Personas that use this face', 'They stop working until they get another one.')
    case 'provider-backups':
      return effect('Whatever Tavus keeps in backups', 'Not known.')
    default:
      return assertNever(code)
  }
}

/** Why it is held back, or what to think of first. */
export const cautionText = (code: DeletionCaution['code']): string => {
  switch (code) {
    case 'stock-replica':
      return 'This is one of Tavus’s own replicas. Only Tavus can delete it.'
    case 'read-only-account':
      return 'The account is read-only. Turn that off in the account first.'
    case 'training-running':
      return 'It is still training. What was paid for the training may be lost.'
    case 'failed-recently':
      return 'Its training failed recently. Deleting it now can cost the refund; a day later is safer.'
    case 'still-unclear':
      return 'The answer to the last deletion was lost and is being looked up. Wait for that first.'
    default:
      return assertNever(code)
  }
}

/** How a deletion ended, claiming no more than is known. */
export const outcomeText = (
  { outcome, name }: DeletionOutcome,
  mode: DeletionMode
): { readonly title: string; readonly text: string } => {
  switch (outcome) {
    case 'done':
      return mode === 'permanent'
        ? {
            title: `Asked Tavus to delete ${name} permanently`,
            text: 'Tavus accepted. The history keeps what was asked and answered.'
          }
        : { title: `Asked Tavus to delete ${name}`, text: 'Tavus accepted.' }
    case 'already-gone':
      return { title: `${name} was already gone`, text: 'Tavus no longer knows it.' }
    case 'not-found':
      return {
        title: `Tavus does not know ${name}`,
        text: 'It was never seen in a list, so it is not counted as deleted.'
      }
    case 'unclear':
      return {
        title: `Asked Tavus to delete ${name}`,
        text: 'The answer was lost. Checking what happened.'
      }
    case 'failed':
      return { title: `${name} was not deleted`, text: 'Nothing was deleted.' }
    default:
      return assertNever(outcome)
  }
}
