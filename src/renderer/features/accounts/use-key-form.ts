import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'

type KeyStorage = 'keychain' | 'this-run'

/** What a form with a key sends: the key where it has one. */
interface KeyedInput {
  readonly keyStorage: KeyStorage
}

interface Steps<I extends KeyedInput> {
  /** The form as it is filled in now. */
  readonly input: (keyStorage: KeyStorage) => I
  /** Asks whether the key works; nothing is stored. */
  readonly tryOut: (input: I) => Promise<Result<unknown>>
  readonly save: (input: I) => Promise<Result<unknown>>
  readonly onSaved: () => void
}

export interface KeyForm {
  readonly form: RefObject<HTMLFormElement | null>
  readonly error: AppError | null
  readonly step: 'idle' | 'trying' | 'saving'
  readonly clearError: () => void
  readonly submit: (keyStorage: KeyStorage) => Promise<void>
  /** Stores a key that nobody could be asked about. */
  readonly saveAnyway: () => Promise<void>
}

/** A form whose key is tried before it is stored. One that is closed meanwhile stores nothing. */
export const useKeyForm = <I extends KeyedInput>(steps: Steps<I>): KeyForm => {
  const [error, setError] = useState<AppError | null>(null)
  const [step, setStep] = useState<KeyForm['step']>('idle')
  const isOpen = useRef(true)
  const form = useRefusalFocus(error)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])

  const store = async (keyStorage: KeyStorage) => {
    setStep('saving')
    const saved = await steps.save(steps.input(keyStorage))
    setStep('idle')
    if (saved.ok) steps.onSaved()
    else setError(saved.error)
  }
  const submit = async (keyStorage: KeyStorage) => {
    if (step !== 'idle') return
    // Only what the keychain did not take is stored for this run, after the key was tried.
    if (keyStorage === 'this-run') return store(keyStorage)
    setStep('trying')
    const tried = await steps.tryOut(steps.input(keyStorage))
    if (!isOpen.current) return
    if (tried.ok) return store(keyStorage)
    setStep('idle')
    setError(tried.error)
  }
  return {
    form,
    error,
    step,
    clearError: useCallback(() => setError(null), []),
    submit,
    saveAnyway: () => (step === 'idle' ? store('keychain') : Promise.resolve())
  }
}
