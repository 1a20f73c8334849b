import { type ConsentEndsTold, consentEndsToldSchema } from '../../shared/domain/consent-note.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { endOfDayMs } from '../../shared/end-of-day.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Store } from '../ports/store.ts'
import { consentEndsOn } from '../rules/consent-end.ts'

export interface ConsentReminderDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  readonly clock: Pick<Clock, 'nowAt' | 'wait'>
  readonly notifier: Pick<Notifier, 'show'>
  readonly settings: () => Pick<Settings, 'notifications'>
  readonly emit: Emit
}

/** A consent that ends, and when. */
export interface ConsentEnd {
  readonly personId: PersonId
  readonly name: string
  readonly endsOn: string
  readonly endsAtMs: number
}

const toldKey = 'consent-ends-told'
const roundMs = 60 * 60_000

/** The ends of consents of people whose face or voice is still in use somewhere. */
export const consentEnds = (store: Pick<Store, 'read'>): readonly ConsentEnd[] =>
  store.read
    .persons()
    .filter(({ assetCount }) => assetCount > 0)
    .flatMap((person) => {
      const endsOn = consentEndsOn(person, store.read.consentNotes(person.id))
      const { id: personId, name } = person
      return endsOn === null ? [] : [{ personId, name, endsOn, endsAtMs: endOfDayMs(endsOn) }]
    })

/**
 * Reminds the person once when a consent ends: on the desktop, and in the window with the plan that would delete what
 * is left. Nothing is ever deleted for it.
 */
export const createConsentReminders = (deps: ConsentReminderDeps) => {
  const { store, clock } = deps

  const told = (): ConsentEndsTold => {
    const text = store.read.meta(toldKey)
    if (text === null) return {}
    try {
      return consentEndsToldSchema.parse(JSON.parse(text))
    } catch {
      // Damaged, so that nobody knows what was told: told twice is better than never.
      return {}
    }
  }

  const remind = (): void => {
    const nowMs = Date.parse(clock.nowAt())
    const before = told()
    const due = consentEnds(store).filter(
      ({ personId, endsOn, endsAtMs }) => endsAtMs <= nowMs && before[personId] !== endsOn
    )
    if (due.length === 0) return
    for (const { personId, name, endsOn } of due) {
      if (deps.settings().notifications !== 'off') {
        deps.notifier.show({
          title: t('notification.consentEnded', { name }),
          body: t('notification.consentEndedText'),
          ref: null
        })
      }
      deps.emit('consent:ended', { personId, name, endsOn })
    }
    const now = { ...before, ...Object.fromEntries(due.map((end) => [end.personId, end.endsOn])) }
    // If it cannot be kept, the next run reminds once more.
    store.transaction((write) => write.putMeta(toldKey, JSON.stringify(now)))
  }

  const round = async (signal: AbortSignal): Promise<void> => {
    remind()
    await clock.wait(roundMs, signal)
  }

  return { remind, round }
}
