import '../../ui/modal-styles.ts'
import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { ConsentClip } from '../../../shared/domain/consent-note.ts'
import type { PersonId } from '../../../shared/domain/person.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import {
  nobodyYet,
  personProposed,
  somebodyNew,
  withNamesakes
} from '../../state/consent-person.ts'
import type { ConsentBeginning } from '../../state/consents-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { consentStatement } from '../../text/consent-statement.ts'
import { describeError } from '../../text/describe-error.ts'
import { issueFor } from '../../text/issue-words.ts'
import { localDay } from '../../text/local-time.ts'
import { missing } from '../../text/missing.ts'
import { shortDate } from '../../text/time-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './person-form-dialog.module.css'

const Failure = ({ error }: { readonly error: AppError }) => {
  if (error.kind === 'invalid-input') return null
  const { title, meaning, advice } = describeError(error)
  return <MessageBox isLive tone="bad" title={title} text={`${meaning} ${advice}`} />
}

/** Reads the hash of the draft's own file as the form opens, which may take a while. */
const useClip = ({ video }: ConsentBeginning) => {
  const draftConsentClip = useApp((state) => state.draftConsentClip)
  const [clip, setClip] = useState<ConsentClip | null>(null)
  const [isReading, setIsReading] = useState(video !== null)
  useEffect(() => {
    if (video === null) return
    let isGone = false
    void draftConsentClip(video.draftId, video.field).then((read) => {
      if (isGone) return
      setClip(read)
      setIsReading(false)
    })
    return () => {
      isGone = true
    }
  }, [video, draftConsentClip])
  return { clip, setClip, isReading, setIsReading }
}

/** A note of consent: who said what, when, and for what. It is never changed once it is kept. */
export const ConsentFormDialog = ({ beginning }: { readonly beginning: ConsentBeginning }) => {
  useFocusReturn()
  const persons = useApp((state) => state.persons)
  const closeConsentForm = useApp((state) => state.closeConsentForm)
  const addConsentNote = useApp((state) => state.addConsentNote)
  const chooseConsentClip = useApp((state) => state.chooseConsentClip)
  const savePerson = useApp((state) => state.savePerson)
  const keepFirstConsent = useApp((state) => state.keepFirstConsent)
  const known = persons.kind === 'ready' ? persons.value : []
  const isLoading = beginning.personId === null && persons.kind === 'loading'
  const [chosen, setChosen] = useState<string | null>(beginning.personId)
  const [spokenName, setSpokenName] = useState(beginning.spokenName)
  // Somebody who was chosen may be gone since; nobody else takes their place.
  const isChosen =
    chosen === somebodyNew || chosen === beginning.personId || known.some(({ id }) => id === chosen)
  const choice = chosen === null ? personProposed(known, spokenName) : isChosen ? chosen : nobodyYet
  const [statement, setStatement] = useState(beginning.statement)
  const [scope, setScope] = useState('')
  const [givenOn, setGivenOn] = useState(() => localDay(Date.now()))
  const [untilOn, setUntilOn] = useState('')
  const { clip, setClip, isReading, setIsReading } = useClip(beginning)
  const [error, setError] = useState<AppError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const form = useRefusalFocus(error)
  const issues = error?.kind === 'invalid-input' ? error.issues : []

  /** The name stands in the statement, too, unless that was changed by hand. */
  const changeName = (name: string) => {
    if (statement === consentStatement(spokenName)) setStatement(consentStatement(name))
    setSpokenName(name)
  }

  const consent = {
    note: scope.trim(),
    agreedOn: givenOn,
    untilOn: untilOn === '' ? null : untilOn
  }

  const choose = async () => {
    setIsReading(true)
    const read = await chooseConsentClip()
    if (read !== null) setClip(read)
    setIsReading(false)
  }

  const personId = async (): Promise<PersonId | null> => {
    if (choice !== somebodyNew) {
      const person = known.find(({ id }) => id === choice)
      if (person === undefined) setError({ kind: 'not-found' })
      return person?.id ?? null
    }
    const name = spokenName.trim().slice(0, 120)
    const saved = await savePerson({ id: null, name, nameRule: null, consent })
    if (!saved.ok) setError(saved.error)
    else if (saved.value === null) setError({ kind: 'not-found' })
    const madeId = saved.ok ? saved.value : null
    // If keeping the note fails now, trying again must not add the person once more.
    if (madeId !== null) setChosen(madeId)
    return madeId
  }

  const refusal = (): AppError | null => {
    if (choice === nobodyYet) return missing('person')
    if (spokenName.trim() === '') return missing('spokenName')
    if (statement.trim() === '') return missing('statement')
    if (givenOn === '') return missing('givenOn')
    if (untilOn === '' || untilOn >= givenOn) return null
    const issue = { field: 'untilOn', code: 'end-before-day', said: null }
    return { kind: 'invalid-input', issues: [issue] }
  }

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving || isReading || isLoading) return
    const refused = refusal()
    setError(refused)
    if (refused !== null) return
    setIsSaving(true)
    const id = await personId()
    const answer =
      id === null
        ? null
        : await addConsentNote({
            personId: id,
            spokenName: spokenName.trim(),
            statement: statement.trim(),
            place: beginning.place,
            clip,
            scope: scope.trim(),
            givenOn,
            untilOn: consent.untilOn
          })
    if (id !== null && answer?.ok === true) await keepFirstConsent(id, consent)
    setIsSaving(false)
    if (answer === null) return
    if (answer.ok) closeConsentForm(beginning)
    else setError(answer.error)
  }

  // What is being saved can't be taken back by closing.
  const close = () => {
    if (!isSaving) closeConsentForm(beginning)
  }
  const namesakes = withNamesakes(known)

  return (
    <Modal opened onClose={close} title={t('consent.formTitle')} withCloseButton={false} size={520}>
      <form
        ref={form}
        className={classes['form']}
        noValidate
        onSubmit={(event) => void save(event)}
        autoComplete="off"
      >
        <p className={classes['hint']}>{t('consent.own')}</p>
        {beginning.personId === null && (
          <NativeSelect
            label={t('people.person')}
            value={choice}
            error={issueFor(issues, 'person')}
            data={[
              ...(choice === nobodyYet
                ? [{ value: nobodyYet, label: t('consent.choosePerson'), disabled: true }]
                : []),
              ...known.map(({ id, name, createdAt }) => ({
                value: id as string,
                label: namesakes.has(id)
                  ? t('consent.namesake', { name, day: shortDate(createdAt) })
                  : name
              })),
              { value: somebodyNew, label: t('people.assign.newPerson') }
            ]}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <TextInput
          data-autofocus
          label={t('field.spokenName')}
          value={spokenName}
          maxLength={200}
          dir="auto"
          error={issueFor(issues, 'spokenName')}
          onChange={(event) => changeName(event.currentTarget.value)}
        />
        <Textarea
          label={t('consent.statement')}
          value={statement}
          maxLength={2000}
          rows={4}
          dir="auto"
          error={issueFor(issues, 'statement')}
          onChange={(event) => setStatement(event.currentTarget.value)}
        />
        <Textarea
          label={t('consent.scope')}
          description={t('consent.scopeHint')}
          value={scope}
          maxLength={2000}
          rows={2}
          dir="auto"
          onChange={(event) => setScope(event.currentTarget.value)}
        />
        <div className={classes['days']}>
          <TextInput
            type="date"
            label={t('consent.givenOn')}
            value={givenOn}
            error={issueFor(issues, 'givenOn')}
            onChange={(event) => setGivenOn(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('consent.until')}
            value={untilOn}
            error={issueFor(issues, 'untilOn')}
            onChange={(event) => setUntilOn(event.currentTarget.value)}
          />
        </div>
        <div>
          <p>{t('consent.clip')}</p>
          <p className={classes['hint']} role="status">
            {isReading ? t('consent.reading') : (clip?.fileName ?? t('consent.noClip'))}
          </p>
          {clip !== null && (
            <code className={classes['hash']}>{t('consent.clipHash', { hash: clip.sha256 })}</code>
          )}
          <div>
            <Button size="xs" disabled={isReading} onClick={() => void choose()}>
              {t('consent.chooseClip')}
            </Button>
          </div>
        </div>
        {error !== null && <Failure error={error} />}
        <div className={classes['actions']}>
          <Button disabled={isSaving} onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            variant="filled"
            loading={isSaving}
            disabled={isReading || isLoading}
          >
            {t('consent.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
