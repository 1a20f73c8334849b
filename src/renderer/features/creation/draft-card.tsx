import { Button } from '@mantine/core'
import { memo } from 'react'
import {
  draftFields,
  type LinkField,
  needsStatement,
  sourceField,
  type VideoField
} from '../../../shared/catalogue/draft-fields.ts'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Draft } from '../../../shared/domain/draft.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { trainingAccounts } from '../../state/training-accounts.ts'
import { useApp } from '../../state/use-app.ts'
import { describeError } from '../../text/describe-error.ts'
import { linksAgain } from '../../text/draft-words.ts'
import { issueText } from '../../text/issue-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { useOutcomeFocus } from '../../ui/refusal-focus.ts'
import { useSteadyPress } from '../../ui/steady-press.ts'
import classes from './draft-card.module.css'
import { DraftFields, fieldNames } from './draft-fields.tsx'
import { LinkFindings } from './link-findings.tsx'
import { type DraftEditor, useDraftEditor } from './use-draft-editor.ts'
import { VideoFindings } from './video-findings.tsx'

/** Reserved for examples (RFC 2606), so nobody is ever asked. */
const madeUpLinks = {
  train: 'https://videos.example.com/training.mp4',
  consent: 'https://videos.example.com/consent.mp4'
} as const

/** What the doctor found in a file that has no link yet. */
const FileFindings = ({ draft, field }: { readonly draft: Draft; readonly field: VideoField }) => {
  const file = draft.files[field]
  return file === null || draft[draftFields[field].view] !== null ? null : (
    <VideoFindings draft={draft} field={field} name={file.fileName} />
  )
}

const Findings = ({ draft, name }: { readonly draft: Draft; readonly name: string }) => {
  const mendLink = useApp((state) => state.mendLink)
  const hasConsentVideo = needsStatement(draft) && draft.consentIn === 'consent-video'
  const field = sourceField(draft)
  const source = draft[draftFields[field].view]
  const hasFile = field === 'trainVideoUrl' && draft.files[field] !== null
  const mend = (of: LinkField) =>
    draft.state === 'editing' ? () => void mendLink(draft.id, of) : undefined
  return (
    <section
      className={classes['findings']}
      aria-label={t('video.region', { name })}
      aria-live="polite"
    >
      {source === null && !hasFile && (
        <p className={classes['dim']}>{t('creation.noLink', { field })}</p>
      )}
      {source !== null && (
        <>
          <LinkFindings
            title={
              field === 'trainImageUrl'
                ? t('creation.trainImageLink')
                : t('creation.trainVideoLink')
            }
            link={source}
            onMend={mend(field)}
          />
          {field === 'trainVideoUrl' && (
            <VideoFindings draft={draft} field={field} name={source.fileName} />
          )}
        </>
      )}
      {hasConsentVideo && draft.consentVideo !== null && (
        <>
          <LinkFindings
            title={t('creation.consentVideoLink')}
            link={draft.consentVideo}
            onMend={mend('consentVideoUrl')}
          />
          <VideoFindings draft={draft} field="consentVideoUrl" name={draft.consentVideo.fileName} />
        </>
      )}
      <FileFindings draft={draft} field="trainVideoUrl" />
      {hasConsentVideo && <FileFindings draft={draft} field="consentVideoUrl" />}
      {draft.callback !== null && (
        <LinkFindings title={t('creation.callbackLink')} link={draft.callback} />
      )}
    </section>
  )
}

/** After a restart: what was kept, and what only the person can give again. */
const LinksAgain = ({ draft }: { readonly draft: Draft }) =>
  draft.needsLinkAgain.length === 0 ? null : (
    <MessageBox
      tone="warn"
      title={linksAgain(draft.needsLinkAgain)}
      text={t('creation.linkAgainWhy')}
    />
  )

/** The sample data trains on nothing, so anything that looks like a link will do. */
const SampleHint = ({ draft, editor }: { readonly draft: Draft; readonly editor: DraftEditor }) => {
  const accountId = editor.edits.accountId ?? draft.accountId
  const isSample = useApp((state) => state.accounts.some((a) => a.id === accountId && a.isSample))
  if (!isSample) return null
  const fill = () => {
    editor.change({
      ...(draft.trainVideo === null ? { trainVideoUrl: madeUpLinks.train } : {}),
      ...(draft.consentIn === 'consent-video' && draft.consentVideo === null
        ? { consentVideoUrl: madeUpLinks.consent }
        : {})
    })
    void editor.flush()
  }
  const isNeeded = draft.trainVideo === null
  return (
    <MessageBox
      tone="quiet"
      title={t('creation.sampleLinks')}
      text=""
      actions={isNeeded ? <Button onClick={fill}>{t('creation.sampleFill')}</Button> : undefined}
    />
  )
}

const Failure = ({ error }: { readonly error: AppError }) => {
  if (error.kind === 'invalid-input') {
    const loose = error.issues.find((issue) => !fieldNames.has(issue.field))
    return loose === undefined ? null : (
      <MessageBox isLive tone="bad" title={issueText(loose, keeperName('replica'))} text="" />
    )
  }
  if (error.kind === 'outcome-unknown') {
    return (
      <MessageBox
        isLive
        tone="warn"
        title={t('creation.notListed')}
        text={t('creation.notListedText')}
      />
    )
  }
  const { title, meaning, advice, said } = describeError(error, keeperName('replica'))
  return (
    <MessageBox
      isLive
      tone="bad"
      title={title}
      quote={{ who: keeperName('replica'), said }}
      text={`${meaning} ${advice}`}
    />
  )
}

const Created = ({ draft }: { readonly draft: Draft }) => {
  const showCreated = useApp((state) => state.showCreated)
  const discardDrafts = useApp((state) => state.discardDrafts)
  return (
    <MessageBox
      isLive
      tone="good"
      title={
        draft.replicaName.trim() === ''
          ? t('creation.createdUnnamed')
          : t('creation.createdNamed', { name: draft.replicaName })
      }
      text={t('creation.createdText')}
      actions={
        <>
          <Button data-primary onClick={() => showCreated(draft)}>
            {t('creation.show')}
          </Button>
          <Button variant="subtle" onClick={() => void discardDrafts([draft.id])}>
            {t('creation.dismiss')}
          </Button>
        </>
      }
    />
  )
}

/** The lists could not tell what became of it: the person looks, and decides. */
const Unsettled = ({ draft }: { readonly draft: Draft }) => {
  const reopenDraft = useApp((state) => state.reopenDraft)
  const discardDrafts = useApp((state) => state.discardDrafts)
  const refreshAccount = useApp((state) => state.refreshAccount)
  const { accountId } = draft
  return (
    <MessageBox
      isLive
      tone="warn"
      title={t('creation.unsettled')}
      text={t('creation.unsettledText')}
      actions={
        <>
          {accountId !== null && (
            <Button data-primary onClick={() => void refreshAccount(accountId)}>
              {t('creation.lookAgain')}
            </Button>
          )}
          <Button onClick={() => void reopenDraft(draft.id)}>{t('creation.keepAsDraft')}</Button>
          <Button variant="subtle" onClick={() => void discardDrafts([draft.id])}>
            {t('creation.dismiss')}
          </Button>
        </>
      }
    />
  )
}

interface OutcomeProps {
  readonly draft: Draft
  readonly editor: DraftEditor
  readonly onOutcome: () => void
}

const Outcome = ({ draft, ...rest }: OutcomeProps) => {
  if (draft.state === 'unsettled') return <Unsettled draft={draft} />
  if (draft.state === 'unclear') {
    return <MessageBox isLive tone="warn" title={t('creation.unclear')} text="" />
  }
  return <Actions draft={draft} {...rest} />
}

const Actions = ({ draft, editor, onOutcome }: OutcomeProps) => {
  const createReplica = useApp((state) => state.createReplica)
  const discardDrafts = useApp((state) => state.discardDrafts)
  const hasAccounts = useApp((state) => trainingAccounts(state.accounts).length > 0)
  const isCreating = draft.state === 'creating'
  const create = async () => {
    if (!(await editor.flush())) return
    await createReplica(draft.id)
    onOutcome()
  }
  const discardPress = useSteadyPress(() => void discardDrafts([draft.id]))
  const createPress = useSteadyPress(() => void create())
  return (
    <div className={classes['actions']}>
      <span className={`${classes['dim']} ${classes['grow']}`}>{t('creation.memoryOnly')}</span>
      <Button disabled={isCreating} {...discardPress}>
        {t('creation.discard')}
      </Button>
      <Button
        variant="filled"
        data-primary
        loading={isCreating}
        disabled={!hasAccounts}
        {...createPress}
      >
        {t('creation.create')}
      </Button>
    </div>
  )
}

interface Props {
  readonly draft: Draft
  readonly number: number
}

export const DraftCard = memo(({ draft, number }: Props) => {
  const editor = useDraftEditor(draft)
  const issues = draft.error?.kind === 'invalid-input' ? draft.error.issues : []
  const name = editor.edits.replicaName ?? draft.replicaName
  const label =
    name.trim() === ''
      ? t('creation.draftUnnamed', { position: number })
      : t('creation.draftLabel', { position: number, name })
  const { home, noteOutcome } = useOutcomeFocus<HTMLElement>()
  if (draft.state === 'created') {
    return (
      <section ref={home} className={classes['card']} aria-label={label}>
        <Created draft={draft} />
      </section>
    )
  }
  return (
    <section
      ref={home}
      className={classes['card']}
      aria-label={label}
      aria-busy={draft.state === 'creating'}
    >
      {draft.state === 'editing' && <LinksAgain draft={draft} />}
      {draft.state === 'editing' && <SampleHint draft={draft} editor={editor} />}
      <div className={classes['columns']}>
        <DraftFields draft={draft} editor={editor} issues={issues} />
        <Findings draft={draft} name={name.trim() === '' ? label : name} />
      </div>
      {draft.error !== null && draft.state === 'editing' && <Failure error={draft.error} />}
      <Outcome draft={draft} editor={editor} onOutcome={noteOutcome} />
    </section>
  )
})
