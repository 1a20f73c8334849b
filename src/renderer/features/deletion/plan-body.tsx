import {
  IconArrowRight,
  IconFolder,
  IconHelpCircle,
  IconId,
  IconPhoto,
  IconTrash
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { isTargetKind, keeperName, kinds } from '../../../shared/catalogue/kinds.ts'
import type { PersonId } from '../../../shared/domain/person.ts'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { t } from '../../../shared/messages/messages.ts'
import { personById } from '../../state/persons-slice.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { otherSurvivors } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { useConversations } from '../../state/use-conversations.ts'
import { describeError } from '../../text/describe-error.ts'
import { whoKeepsAll } from '../../text/kind-words.ts'
import {
  type EffectWords,
  goesText,
  localMediaFate,
  localMediaText,
  lookingText,
  savedFoldersText,
  staysText,
  survivorReason,
  survivorText,
  unknownText
} from '../../text/plan-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PersonSaveBox } from '../../ui/person-save-box.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import { PlanCautions } from './plan-cautions.tsx'
import classes from './plan-dialog.module.css'
import { PlanGroups } from './plan-groups.tsx'
import { PlanSaved } from './plan-tools.tsx'

const signs = { goes: IconTrash, stays: IconArrowRight, unknown: IconHelpCircle } as const

interface Line extends EffectWords {
  readonly key: string
}

const Lines = ({
  title,
  sign,
  lines
}: {
  readonly title: string
  readonly sign: keyof typeof signs
  readonly lines: readonly Line[]
}) => {
  if (lines.length === 0) return null
  const Icon = signs[sign]
  return (
    <section>
      <h3 className={classes['heading']}>{title}</h3>
      <ul className={classes['effects']}>
        {lines.map(({ key, what, more }) => (
          <li key={key} className={classes['effect']}>
            <Icon size={15} aria-hidden="true" />
            <span>
              {what} <span className={classes['dim']}>{more}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const unique = (lines: readonly Line[]): readonly Line[] => [
  ...new Map(lines.map((line) => [line.key, line])).values()
]

/** What stays: named survivors first, then what the steps leave behind. */
const staying = (open: OpenPlan, plan: DeletionPlan, who: string): readonly Line[] =>
  unique([
    ...otherSurvivors(plan, open.takenOut).map((survivor) => ({
      key: `${survivor.kind} ${survivor.id} ${survivor.name}`,
      what: survivorText(survivor),
      more: survivorReason(
        survivor.reason,
        isTargetKind(survivor.kind) ? keeperName(survivor.kind) : who
      )
    })),
    ...plan.steps.flatMap(({ stays }) => stays.map((code) => ({ key: code, ...staysText(code) })))
  ])

/** Faces that this computer keeps outlive their deletion at the provider, unless they are deleted here too. */
const OnThisComputer = ({
  open,
  plan
}: {
  readonly open: OpenPlan
  readonly plan: DeletionPlan
}) => {
  const chooseForPictures = useApp((state) => state.chooseForPictures)
  const chooseForNames = useApp((state) => state.chooseForNames)
  const text = open.local === null ? null : localMediaText(open.local)
  const folders = open.local === null ? null : savedFoldersText(open.local)
  const isWhole = plan.subject.scope === 'likeness' || plan.subject.scope === 'person'
  if (text === null && folders === null && !isWhole) return null
  const choice = plan.choices.pictures ?? 'keep'
  const nameChoice = plan.choices.names ?? 'keep'
  return (
    <section>
      <h3 className={classes['heading']}>{t('plan.onThisComputer')}</h3>
      {text !== null && (
        <div className={classes['local']}>
          <IconPhoto size={15} aria-hidden="true" />
          <span className={classes['localText']}>
            {text} <span className={classes['dim']}>{localMediaFate(choice)}</span>
          </span>
          <PillSelect
            label={t('plan.pictureChoice')}
            value={choice}
            choices={(['delete', 'keep'] as const).map((value) => ({
              value,
              label: t(`plan.pictureChoices.${value}`)
            }))}
            onChange={(next) => void chooseForPictures(next)}
          />
        </div>
      )}
      {isWhole && (
        <div className={classes['local']}>
          <IconId size={15} aria-hidden="true" />
          <span className={classes['localText']}>
            <span className={classes['dim']}>{t(`plan.nameFate.${nameChoice}`)}</span>
          </span>
          <PillSelect
            label={t('plan.nameChoice')}
            value={nameChoice}
            choices={(['keep', 'forget'] as const).map((value) => ({
              value,
              label: t(`plan.nameChoices.${value}`)
            }))}
            onChange={(next) => void chooseForNames(next)}
          />
        </div>
      )}
      {folders !== null && (
        <p className={classes['effect']}>
          <IconFolder size={15} aria-hidden="true" />
          <span>{folders}</span>
        </p>
      )}
    </section>
  )
}

/** Whose likeness it is, as far as the app was told. */
const personIdOf = ({ subject, asset }: OpenPlan): PersonId | null => {
  if (subject.scope === 'person') return subject.personId
  return subject.scope === 'likeness' ? (asset?.personId ?? null) : null
}

/** What is deleted cannot be saved any more. */
const SaveFirst = ({ personId }: { readonly personId: PersonId }) => {
  const person = useApp((state) => personById(state.persons, personId))
  const loadPersons = useApp((state) => state.loadPersons)
  const save = useApp((state) => state.personSave)
  const load = useApp((state) => state.loadPersonSave)
  const conversations = useConversations(personId)
  const begin = useApp((state) => state.beginPersonSave)
  const stop = useApp((state) => state.stopPersonSave)
  const show = useApp((state) => state.showSavedFolder)
  useEffect(() => {
    void loadPersons()
    void load()
  }, [loadPersons, load])
  if (person === null) return null
  return (
    <section>
      <h3 className={classes['heading']}>{t('personSave.title')}</h3>
      <PersonSaveBox
        personId={personId}
        name={person.name}
        save={save}
        text={t('personSave.planText', { name: person.name })}
        conversations={conversations}
        onBegin={(transcripts) => void begin(personId, transcripts)}
        onStop={() => void stop()}
        onShow={() => void show()}
      />
    </section>
  )
}

/** More than a screen of survivors is told by its number; the export has them all. */
const mostSurvivors = 12

const PlanView = ({ open, plan }: { readonly open: OpenPlan; readonly plan: DeletionPlan }) => {
  const who = whoOfPlan(open, plan)
  const [only] = plan.steps
  const isOne =
    plan.subject.scope === 'assets' && plan.steps.length === 1 && kinds[open.kind].change === null
  const stays = staying(open, plan, who)
  const rest = stays.length - mostSurvivors
  const personId = personIdOf(open)
  return (
    <>
      <PlanCautions plan={plan} />
      {isOne && only !== undefined ? (
        <Lines
          title={t('plan.goes')}
          sign="goes"
          lines={only.goes.map((code) => ({ key: code, ...goesText(code) }))}
        />
      ) : (
        <PlanGroups open={open} plan={plan} />
      )}
      <OnThisComputer open={open} plan={plan} />
      {personId !== null && <SaveFirst personId={personId} />}
      <Lines
        title={t('plan.stays')}
        sign="stays"
        lines={
          rest > 0
            ? [
                ...stays.slice(0, mostSurvivors),
                { key: 'more', what: t('plan.more', { count: rest }), more: '' }
              ]
            : stays
        }
      />
      <Lines
        title={t('plan.notKnown')}
        sign="unknown"
        lines={plan.unknowns.map((code) => ({
          key: code,
          what: '',
          more: unknownText(code, who)
        }))}
      />
    </>
  )
}

/** The provider of all that is planned; a plan for a person may be with several. */
const whoOfPlan = ({ subject, kind }: OpenPlan, plan: DeletionPlan | null): string => {
  if (plan !== null && plan.steps.length > 0) {
    return whoKeepsAll(plan.steps.map(({ target }) => target.kind))
  }
  return subject.scope === 'person' ? whoKeepsAll([]) : keeperName(kind)
}

/** What the plan says, and what went wrong on the way to it. */
export const PlanBody = ({ open }: { readonly open: OpenPlan }) => {
  const { plan, run, hasChanged, subject } = open
  const isLate = useIsLate(plan.kind === 'loading')
  const accounts = useApp((state) => state.accounts)
  const who = whoOfPlan(open, plan.kind === 'ready' ? plan.value : null)
  const failure = plan.kind === 'failed' ? plan.error : typeof run === 'object' ? run.error : null
  const isDeep = subject.scope !== 'assets'
  const body = useRef<HTMLElement>(null)
  // What was saved is told at the top, wherever the person has read to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only news of what was saved brings it into view
  useEffect(() => {
    // In braces: newer engines answer a promise, which React would take for the effect's end and call.
    body.current?.scrollTo(0, 0)
  }, [open.archive, open.exportedAs])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={body} className={classes['body']} tabIndex={0} aria-label={t('plan.steps')}>
      <PlanSaved open={open} />
      <p role="status" className={classes['looking']}>
        {(isLate || (isDeep && plan.kind === 'loading')) &&
          accounts.length > 0 &&
          lookingText(subject.scope, who)}
      </p>
      {plan.kind === 'loading' && isLate && (
        <div className={classes['skeleton']} aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
      )}
      {plan.kind === 'ready' && <PlanView open={open} plan={plan.value} />}
      {plan.kind === 'ready' && plan.value.steps.length === 0 && (
        <p className={classes['dim']}>{t('plan.nothing')}</p>
      )}
      {hasChanged && <MessageBox isLive tone="warn" title={t('plan.changed')} text="" />}
      {failure !== null && (
        <MessageBox
          isLive
          tone="bad"
          title={describeError(failure, who).title}
          quote={{ who, said: describeError(failure, who).said }}
          text={`${describeError(failure, who).meaning} ${describeError(failure, who).advice}`}
        />
      )}
    </section>
  )
}
