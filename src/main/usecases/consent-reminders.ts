import { type ConsentEndsTold, consentEndsToldSchema } from '../../shared/domain/consent-note.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { endOfDayMs } from '../../shared/end-of-day.ts'
import type { EventPayload } from '../../shared/ipc/events.ts'
import { t } from '../../shared/messages/messages.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Store } from '../ports/store.ts'
import { consentEndsOn } from '../rules/consent-end.ts'
import { appEvent } from './history-event.ts'

export interface ConsentReminderDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  readonly clock: Pick<Clock, 'nowAt' | 'wait'>
  readonly notifier: Pick<Notifier, 'show'>
  readonly settings: () => Pick<Settings, 'notifications'>
  readonly emit: Emit
}

/** A day that was noted for a person, and when it is over. */
export interface PersonEnd {
  readonly personId: PersonId
  readonly name: string
  /** `consent`: a consent ends. `retention`: the likeness was to be kept until then. */
  readonly why: EventPayload<'person:due'>['why']
  readonly endsOn: string
  readonly endsAtMs: number
}

/** Where it is kept what was told of. */
const toldKey = { consent: 'consent-ends-told', retention: 'retention-told' } as const
const roundMs = 60 * 60_000

/** The days noted for people whose face or voice is still in use somewhere. */
export const personEnds = (store: Pick<Store, 'read'>): readonly PersonEnd[] =>
  store.read
    .persons()
    .filter(({ assetCount }) => assetCount > 0)
    .flatMap((person) => {
      const { id: personId, name, keepUntilOn = null } = person
      const ends = {
        consent: consentEndsOn(person, store.read.consentNotes(personId)),
        retention: keepUntilOn
      }
      return (['consent', 'retention'] as const).flatMap((why) => {
        const endsOn = ends[why]
        return endsOn === null
          ? []
          : [{ personId, name, why, endsOn, endsAtMs: endOfDayMs(endsOn) }]
      })
    })

/**
 * Reminds the person once when a consent ends or a likeness is not to be kept any longer: on the desktop, and in the window
 * with the plan that would delete what is left. Nothing is ever deleted for it.
 */
export const createConsentReminders = (deps: ConsentReminderDeps) => {
  const { store, clock } = deps

  const told = (why: PersonEnd['why']): ConsentEndsTold => {
    const text = store.read.meta(toldKey[why])
    if (text === null) return {}
    try {
      return consentEndsToldSchema.parse(JSON.parse(text))
    } catch {
      // Damaged, so that nobody knows what was told: told twice is better than never.
      return {}
    }
  }

  const tell = ({ personId, name, why, endsOn }: PersonEnd): void => {
    if (deps.settings().notifications !== 'off') {
      deps.notifier.show({
        title: t('notices.personDue', { name, why }),
        body: t('notification.personDueText'),
        ref: null
      })
    }
    deps.emit('person:due', { personId, name, why, endsOn })
  }

  const remindOf = (why: PersonEnd['why'], over: readonly PersonEnd[]): void => {
    const before = told(why)
    const due = over.filter((end) => end.why === why && before[end.personId] !== end.endsOn)
    if (due.length === 0) return
    for (const end of due) tell(end)
    const now = { ...before, ...Object.fromEntries(due.map((end) => [end.personId, end.endsOn])) }
    // If it cannot be kept, the next run reminds once more.
    store.transaction((write) => {
      for (const { personId, name, endsOn } of due) {
        write.append(appEvent('person-due', { person: name, personId, why, endsOn }))
      }
      write.putMeta(toldKey[why], JSON.stringify(now))
    })
  }

  const remind = (): void => {
    const nowMs = Date.parse(clock.nowAt())
    const over = personEnds(store).filter(({ endsAtMs }) => endsAtMs <= nowMs)
    for (const why of ['consent', 'retention'] as const) remindOf(why, over)
  }

  const round = async (signal: AbortSignal): Promise<void> => {
    remind()
    await clock.wait(roundMs, signal)
  }

  return { remind, round }
}
