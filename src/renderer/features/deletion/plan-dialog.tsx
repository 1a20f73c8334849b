import '../../ui/modal-styles.ts'
import { Button, Modal, TextInput, VisuallyHidden } from '@mantine/core'
import { IconAlertOctagonFilled } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isSameName } from '../../../shared/same-name.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { blockedSteps, isChangeOnly, isPermanent } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { whoKeepsAll } from '../../text/kind-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { PlanBody } from './plan-body.tsx'
import classes from './plan-dialog.module.css'
import { PlanHead } from './plan-head.tsx'
import { PlanTools } from './plan-tools.tsx'
import { earliest, firstOffer, latest, toRunAt } from './run-at.ts'

/** What has to be typed: the name of one, the number of several; null where nothing has to be. */
const askedFor = (plan: DeletionPlan | null): string | null => {
  if (plan === null || !isPermanent(plan)) return null
  const [only] = plan.steps
  return plan.steps.length === 1 && only !== undefined ? only.name : String(plan.steps.length)
}

/** The number may be typed as it is written here, with its separators. */
const isTyped = (typed: string, plan: DeletionPlan, asked: string): boolean =>
  plan.steps.length === 1
    ? isSameName(typed, asked)
    : typed.replace(/[^\d]/gu, '') === asked && /\d/u.test(typed)

const submitLabel = (
  open: OpenPlan,
  plan: DeletionPlan | null,
  isForGood: boolean,
  isScheduling: boolean
): string => {
  if (isScheduling) return t('plan.submitSchedule')
  if (plan !== null && isChangeOnly(plan)) {
    return plan.steps.every(({ mode }) => mode === 'offline')
      ? t('plan.choices.offline')
      : t('plan.submitChange')
  }
  if (!isForGood) return t('plan.submitSoft')
  if (open.subject.scope === 'likeness') return t('plan.submitErase')
  if (open.subject.scope !== 'assets' || open.count > 1) return t('plan.submit')
  return open.kind === 'model' || open.kind === 'version'
    ? t(`plan.submitKind.${open.kind}`)
    : t('plan.submit')
}

interface ConfirmProps {
  readonly plan: DeletionPlan | null
  readonly asked: string | null
  readonly typed: string
  readonly onType: (typed: string) => void
}

const Confirm = ({ plan, asked, typed, onType }: ConfirmProps) => {
  if (plan === null || asked === null) {
    return (
      <p className={classes['dim']}>
        {plan === null ? '' : isChangeOnly(plan) ? t('plan.changeNote') : t('plan.softNote')}
      </p>
    )
  }
  const isOne = plan.steps.length === 1
  const who = whoKeepsAll(plan.steps.map(({ target }) => target.kind))
  const isNameless = isOne && isSameName('', asked)
  return (
    <>
      {plan.canRun && <p className={classes['warning']}>{t('plan.cannotUndoBy', { who })}</p>}
      <TextInput
        data-autofocus
        label={isOne ? t('plan.typeName') : t('plan.typeCount', { count: plan.steps.length })}
        value={typed}
        disabled={!plan.canRun}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        {...(isOne ? {} : { inputMode: 'numeric' as const })}
        description={
          isNameless ? t('plan.nameless') : isOne || !plan.canRun ? null : t('plan.typeCountHint')
        }
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </>
  )
}

interface WhenProps {
  readonly field: string
  readonly isBad: boolean
  readonly nowMs: number
  readonly onChange: (field: string) => void
}

const When = ({ field, isBad, nowMs, onChange }: WhenProps) => (
  <TextInput
    type="datetime-local"
    className={classes['when'] ?? ''}
    label={t('plan.runAt')}
    description={t('plan.runAtHint')}
    value={field}
    min={earliest(nowMs)}
    max={latest(nowMs)}
    error={isBad ? t('plan.runAtBad') : null}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

/** Why the plan cannot be started, and what starts the rest of it. */
const Blocked = ({ plan, id }: { readonly plan: DeletionPlan; readonly id: string }) => {
  const leaveOutBlocked = useApp((state) => state.leaveOutBlocked)
  const all = plan.steps.length
  const blocked = blockedSteps(plan).length
  return (
    <div className={classes['blocked']}>
      <IconAlertOctagonFilled size={17} aria-hidden="true" />
      <p id={id} role="status">
        {all === 1 ? t('plan.blockedOne') : t('plan.blockedOf', { blocked, all })}
      </p>
      {blocked < all && (
        <Button size="xs" onClick={() => void leaveOutBlocked()}>
          {t('plan.leaveOut')}
        </Button>
      )}
    </div>
  )
}

interface WhyNot {
  readonly plan: DeletionPlan | null
  readonly isArchiving: boolean
  readonly isConfirmed: boolean
  readonly isBadTime: boolean
}

/** Why a plan that nothing blocks cannot be started yet; null where the screen shows nothing to act on. */
const whyNot = ({ plan, isArchiving, isConfirmed, isBadTime }: WhyNot): string | null => {
  if (plan === null) return null
  if (plan.steps.length === 0) return t('plan.nothing')
  if (isArchiving) return t('plan.archiving')
  if (!isConfirmed) return t('plan.confirmFirst')
  return isBadTime ? t('plan.runAtBad') : null
}

/** A deletion before it is started: what goes, what stays, what speaks against it, and how to confirm it. */
export const PlanDialog = ({ open }: { readonly open: OpenPlan }) => {
  useFocusReturn()
  const closePlan = useApp((state) => state.closePlan)
  const runPlan = useApp((state) => state.runPlan)
  const [typed, setTyped] = useState('')
  const [openedAtMs] = useState(() => Date.now())
  const [runAtField, setRunAtField] = useState<string | null>(null)

  const plan = open.plan.kind === 'ready' ? open.plan.value : null
  const asked = askedFor(plan)
  const isForGood = asked !== null
  const isScheduling = runAtField !== null && isForGood
  const runAt = isScheduling ? toRunAt(runAtField, openedAtMs) : null
  const isNameless = plan?.steps.length === 1 && asked !== null && isSameName('', asked)
  const isConfirmed = plan !== null && (asked === null || isTyped(typed, plan, asked))
  const isBadTime = isScheduling && runAt === null
  const isRunning = open.run === 'running'
  const isArchiving = open.archive.kind === 'loading'
  const canDelete =
    plan?.canRun === true &&
    plan.steps.length > 0 &&
    isConfirmed &&
    !isRunning &&
    !open.isChoosing &&
    !isArchiving &&
    !isBadTime

  const isBlocked = plan !== null && !plan.canRun && plan.steps.length > 0
  const whyId = useId()
  const why = canDelete || isRunning ? null : whyNot({ plan, isArchiving, isConfirmed, isBadTime })

  const run = () => {
    if (canDelete) void runPlan(asked, runAt)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An empty name matches an empty field, so there Enter alone must not be enough.
    if (asked === null || typed !== '') run()
  }

  return (
    <Modal.Root
      opened
      onClose={closePlan}
      size={660}
      centered
      classNames={{ content: classes['content'] ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <form className={classes['form']} onSubmit={submit}>
          <PlanHead open={open} />
          <PlanBody open={open} />
          <div className={classes['confirm']}>
            {isBlocked && <Blocked plan={plan} id={whyId} />}
            <Confirm plan={plan} asked={asked} typed={typed} onType={setTyped} />
            {isScheduling && (
              <When
                field={runAtField}
                isBad={isBadTime}
                nowMs={openedAtMs}
                onChange={setRunAtField}
              />
            )}
          </div>
          <div className={classes['actions']}>
            <PlanTools
              open={open}
              canSchedule={isForGood}
              isScheduling={isScheduling}
              onSchedule={() => setRunAtField(isScheduling ? null : firstOffer(Date.now()))}
            />
            <span className={classes['decide']}>
              <Button onClick={closePlan} {...(isForGood ? {} : { 'data-autofocus': true })}>
                {t('common.cancel')}
              </Button>
              {!isBlocked && why !== null && <VisuallyHidden id={whyId}>{why}</VisuallyHidden>}
              <Button
                type={isNameless ? 'button' : 'submit'}
                onClick={() => {
                  if (isNameless) run()
                }}
                variant="filled"
                {...(isForGood ? { 'data-tone': 'danger' } : {})}
                disabled={!canDelete && !isRunning}
                {...(isBlocked || why !== null ? { 'aria-describedby': whyId } : {})}
                loading={isRunning}
              >
                {submitLabel(open, plan, isForGood, isScheduling)}
              </Button>
            </span>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  )
}
