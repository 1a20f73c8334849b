import type { PlainValues, VideoField } from '../../shared/catalogue/draft-fields.ts'
import type {
  ConsentClip,
  ConsentNote,
  ConsentNoteId,
  ConsentNoteInput
} from '../../shared/domain/consent-note.ts'
import type { DraftId } from '../../shared/domain/draft.ts'
import type { PersonId, PersonInput } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, fromResult, idle, loading } from './async-data.ts'
import { personById } from './persons-slice.ts'

/** What a new note begins with. */
export interface ConsentBeginning {
  /** Null: the person is chosen in the form. */
  readonly personId: PersonId | null
  readonly spokenName: string
  readonly statement: string
  readonly place: PlainValues['consentIn']
  /** The draft's video with the statement in it, if it may be a file on this computer. */
  readonly video: { readonly draftId: DraftId; readonly field: VideoField } | null
}

export interface ConsentsSlice {
  /** Of the person whose page is open, oldest first. */
  readonly consentNotes: AsyncData<readonly ConsentNote[]>
  readonly consentForm: ConsentBeginning | null
  readonly loadConsentNotes: (personId: PersonId) => Promise<void>
  readonly openConsentForm: (beginning: ConsentBeginning) => void
  /** Closes that form, and not one that was opened since. */
  readonly closeConsentForm: (beginning: ConsentBeginning) => void
  readonly addConsentNote: (input: ConsentNoteInput) => Promise<Result<ConsentNote[]>>
  /** Somebody of whom no consent is known by now is shown with this one, in the list of people, too. */
  readonly keepFirstConsent: (
    personId: PersonId,
    consent: NonNullable<PersonInput['consent']>
  ) => Promise<void>
  readonly removeConsentNote: (noteId: ConsentNoteId) => Promise<void>
  /** The clip that the person chooses; null if none. */
  readonly chooseConsentClip: () => Promise<ConsentClip | null>
  /** The clip of a draft's own file; null if it has none. */
  readonly draftConsentClip: (draftId: DraftId, field: VideoField) => Promise<ConsentClip | null>
  readonly exportConsents: (personId: PersonId) => Promise<void>
}

export const createConsentsSlice =
  (bridge: Bridge): Slice<ConsentsSlice> =>
  (set, get) => ({
    consentNotes: idle,
    consentForm: null,
    loadConsentNotes: async (personId) => {
      set({ consentNotes: loading })
      const answer = await bridge.consentList({ personId })
      if (get().openPersonId === personId) set({ consentNotes: fromResult(answer) })
    },
    openConsentForm: (consentForm) => {
      set({ consentForm })
      void get().loadPersons()
    },
    closeConsentForm: (beginning) => {
      if (get().consentForm === beginning) set({ consentForm: null })
    },
    addConsentNote: async (input) => {
      const answer = await bridge.consentAdd(input)
      if (!answer.ok) return answer
      if (get().openPersonId === input.personId) set({ consentNotes: fromResult(answer) })
      get().tell({ kind: 'consent-noted', name: input.spokenName })
      return answer
    },
    keepFirstConsent: async (id, consent) => {
      const person = personById(get().persons, id)
      if (person === null || person.consent !== null) return
      const { name, nameRule, keepUntilOn } = person
      const answer = await get().savePerson({ id, name, nameRule, keepUntilOn, consent })
      if (!answer.ok) get().tellFailure('save-person', answer.error)
    },
    removeConsentNote: async (noteId) => {
      const personId = get().openPersonId
      const answer = await bridge.consentRemove({ noteId })
      if (!answer.ok) get().tellFailure('remove-consent-note', answer.error)
      // Another person may be open by the time that main has asked.
      else if (get().openPersonId === personId) set({ consentNotes: fromResult(answer) })
    },
    chooseConsentClip: async () => {
      const answer = await bridge.consentChooseClip({})
      if (answer.ok) return answer.value.clip
      get().tellFailure('choose-file', answer.error)
      return null
    },
    draftConsentClip: async (draftId, field) => {
      const answer = await bridge.consentDraftClip({ draftId, field })
      if (answer.ok) return answer.value.clip
      get().tellFailure('choose-file', answer.error)
      return null
    },
    exportConsents: async (personId) => {
      const answer = await bridge.consentExport({ personId })
      if (!answer.ok) get().tellFailure('export-consents', answer.error)
      else if (answer.value.savedAs !== null) {
        get().tell({ kind: 'consents-exported', savedAs: answer.value.savedAs })
      }
    }
  })
