import { VisuallyHidden } from '@mantine/core'
import {
  IconAlertOctagonFilled,
  IconChevronDown,
  IconChevronRight,
  IconRestore,
  IconX
} from '@tabler/icons-react'
import { useState } from 'react'
import { kinds, type TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { DeletionPlan, PlanStep } from '../../../shared/domain/plan.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { groupsOf, isBlocked, type KindChoice, type PlanGroup } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { countOfKind, kindHeading } from '../../text/kind-words.ts'
import { stepsHeading } from '../../text/plan-words.ts'
import { shortDate } from '../../text/time-words.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { KindIcon } from '../../ui/kind-icon.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import classes from './plan-groups.module.css'
import { RepointChoices } from './repoint-choices.tsx'

interface Row {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly isBlocked: boolean
  /** Null for what is kept by the choice for its whole kind. */
  readonly step: PlanStep | null
}

/** A version's name is its model's with the beginning of its digits; the rest would only crowd that out. */
const shownId = (kind: TargetKind, id: string | null): string | null =>
  kind === 'version' ? null : id

/** "Mia Chen → Anna", for each part of a PAL that changes. */
const repointTexts = ({ repoint }: PlanStep): readonly string[] =>
  [repoint?.face, repoint?.voice].flatMap((point) =>
    point
      ? [
          t('plan.before', {
            before: point.from === null ? t('plan.beforeNone') : point.from.name || point.from.id,
            after: point.to.name || point.to.id
          })
        ]
      : []
  )

/** More than this is seen by opening the group. */
const mostLines = 4

/** "Guide: Mia Chen → Anna", for the first PALs that change. */
const repointLines = (steps: readonly PlanStep[]): readonly string[] =>
  steps.slice(0, mostLines).flatMap((step) => {
    const changes = repointTexts(step)
    return changes.length === 0 ? [] : [`${assetName(step)}: ${changes.join(' · ')}`]
  })

const stepDetail = (step: PlanStep): string =>
  [
    ...repointTexts(step),
    step.statusRaw,
    step.createdAt === null ? null : shortDate(step.createdAt),
    shownId(step.target.kind, step.target.id)
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ')

const rowsOf = (group: PlanGroup): readonly Row[] => [
  ...group.steps.map((step) => ({
    key: step.id,
    name: assetName(step),
    detail: stepDetail(step),
    isBlocked: isBlocked(step),
    step
  })),
  ...group.kept.map((survivor) => ({
    key: `${survivor.kind} ${survivor.id}`,
    name: assetName({ name: survivor.name ?? '' }),
    detail: shownId(group.kind, survivor.id) ?? '',
    isBlocked: false,
    step: null
  }))
]

const StepRow = ({ row, canTakeOut }: { readonly row: Row; readonly canTakeOut: boolean }) => {
  const takeOutStep = useApp((state) => state.takeOutStep)
  const { step } = row
  return (
    <div className={classes['row']} data-blocked={row.isBlocked}>
      <span className={classes['name']}>
        {row.isBlocked && (
          <>
            <IconAlertOctagonFilled size={14} aria-hidden="true" />
            <VisuallyHidden>{t('plan.weight.blocked')}</VisuallyHidden>{' '}
          </>
        )}
        <PersonText text={row.name} />
      </span>
      <span className={classes['detail']}>{row.detail}</span>
      {canTakeOut && step !== null && (
        <IconButton
          label={t('plan.takeOut', { name: row.name })}
          className={classes['take'] ?? ''}
          onClick={() => void takeOutStep(step)}
        >
          <IconX size={15} />
        </IconButton>
      )}
    </div>
  )
}

/** Only what the provider knows. */
const choicesFor = (kind: TargetKind): readonly KindChoice[] => [
  'keep',
  ...(kinds[kind].hasSoftDelete ? (['soft'] as const) : []),
  ...(kinds[kind].change === null ? [] : [kinds[kind].change]),
  ...(kinds[kind].hasPermanentDelete ? (['permanent'] as const) : [])
]

interface GroupProps {
  readonly group: PlanGroup
  readonly canChoose: boolean
  readonly canTakeOut: boolean
}

const Group = ({ group, canChoose, canTakeOut }: GroupProps) => {
  const chooseForKind = useApp((state) => state.chooseForKind)
  const [isOpen, setIsOpen] = useState(group.choice === 'repoint')
  const rows = rowsOf(group)
  const heading = kindHeading(group.kind, rows.length)
  return (
    <li className={classes['group']} data-choice={group.choice}>
      <div className={classes['head']}>
        <button
          type="button"
          className={classes['toggle']}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
          <KindIcon kind={group.kind} size={17} />
          {countOfKind(rows.length, group.kind)}
        </button>
        {canChoose && (
          <PillSelect
            label={t('plan.choiceFor', { kind: heading })}
            value={group.choice}
            choices={choicesFor(group.kind).map((value) => ({
              value,
              label: t(`plan.choices.${value}`)
            }))}
            onChange={(choice) => void chooseForKind(group.kind, choice)}
          />
        )}
      </div>
      {group.choice === 'repoint' && (
        <RepointChoices steps={group.steps} lines={repointLines(group.steps)} />
      )}
      {isOpen && (
        <VirtualList
          label={heading}
          count={rows.length}
          rowHeight={37}
          keyOf={(index) => rows[index]?.key ?? String(index)}
        >
          {(index) => {
            const row = rows[index]
            return row === undefined ? null : <StepRow row={row} canTakeOut={canTakeOut} />
          }}
        </VirtualList>
      )}
    </li>
  )
}

const TakenOut = ({ steps }: { readonly steps: readonly PlanStep[] }) => {
  const putBackStep = useApp((state) => state.putBackStep)
  if (steps.length === 0) return null
  return (
    <section>
      <h3 className={classes['heading']}>{t('plan.takenOut')}</h3>
      <ul className={classes['takenOut']}>
        {steps.map((step) => (
          <li key={step.id} className={classes['row']}>
            <span className={classes['name']}>
              <PersonText text={assetName(step)} />
            </span>
            <span className={classes['detail']}>{stepDetail(step)}</span>
            <IconButton
              label={t('plan.putBack', { name: assetName(step) })}
              onClick={() => void putBackStep(step)}
            >
              <IconRestore size={15} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A plan of several things: by kinds, each with its choice, each step of it to be seen and taken out. */
export const PlanGroups = ({
  open,
  plan
}: {
  readonly open: OpenPlan
  readonly plan: DeletionPlan
}) => {
  const groups = groupsOf(plan)
  const isDeep = plan.subject.scope !== 'assets'
  return (
    <>
      <section aria-busy={open.isChoosing}>
        <h3 className={classes['heading']}>{stepsHeading(plan)}</h3>
        <ul className={classes['groups']} data-busy={open.isChoosing}>
          {groups.map((group) => (
            <Group
              key={group.kind}
              group={group}
              canChoose={isDeep || kinds[group.kind].change !== null}
              canTakeOut={plan.steps.length > 1}
            />
          ))}
        </ul>
      </section>
      <TakenOut steps={open.takenOut} />
    </>
  )
}
