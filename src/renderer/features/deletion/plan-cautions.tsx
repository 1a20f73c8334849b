import { Button } from '@mantine/core'
import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconHelpCircle
} from '@tabler/icons-react'
import { useId, useState } from 'react'
import { isAssetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetRef, TargetRef } from '../../../shared/domain/asset.ts'
import type { Evidence } from '../../../shared/domain/deletion.ts'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { t } from '../../../shared/messages/messages.ts'
import { type CautionGroup, cautionsOf } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { partOf } from '../../text/kind-words.ts'
import { cautionBrief, cautionTitle, evidenceLines, surenessText } from '../../text/plan-words.ts'
import { allOf } from '../../text/time-words.ts'
import classes from './plan-cautions.module.css'

const signs = {
  blocked: IconAlertOctagonFilled,
  note: IconAlertTriangle,
  likely: IconAlertTriangle,
  unknown: IconHelpCircle
} as const

/** Of what blocks, nothing is sent, however much is known of it. */
const weightOf = ({ level, sureness }: CautionGroup['caution']): keyof typeof signs => {
  if (level === 'blocks') return 'blocked'
  return sureness === 'certain' ? 'note' : sureness
}

/** Things of the library have a page of their own; conversations and public pages have none. */
const assetRefOf = ({ accountId, kind, id }: TargetRef): AssetRef | null =>
  isAssetKind(kind) ? { accountId, kind, id } : null

const mostNamed = 5
const mostNames = 3

const Evidences = ({ evidence }: { readonly evidence: readonly Evidence[] }) => {
  const lines = evidenceLines(evidence)
  if (lines.length === 0) return null
  const named = lines.slice(0, mostNamed)
  const rest = lines.length - named.length
  return (
    <ul className={classes['evidence']}>
      {named.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {rest > 0 && <li>{t('plan.more', { count: rest })}</li>}
    </ul>
  )
}

/** What mends it, where the window can offer that. */
const WayOut = ({ group }: { readonly group: CautionGroup }) => {
  const pinForPlan = useApp((state) => state.unpinForPlan)
  const openPage = useApp((state) => state.openPage)
  const openAccountForm = useApp((state) => state.openAccountForm)
  const closePlan = useApp((state) => state.closePlan)
  const refs = group.steps.flatMap(({ target }) => assetRefOf(target) ?? [])
  const first = refs[0]
  if (first === undefined) return null
  switch (group.caution.code) {
    case 'pinned':
      return <Button onClick={() => void pinForPlan(refs)}>{t('plan.unpin')}</Button>
    case 'read-only-account':
      return (
        <Button
          onClick={() => {
            closePlan()
            openAccountForm(first.accountId)
          }}
        >
          {t('plan.editAccount')}
        </Button>
      )
    case 'not-private':
      return (
        <Button onClick={() => void openPage({ ref: first }, 'settings')}>
          {t('plan.openSettings')}
        </Button>
      )
    case 'not-owner':
    case 'others-ran-it':
    case 'base-of-training':
    case 'deployed':
    case 'overridden':
      return (
        <Button onClick={() => void openPage({ ref: first }, 'home')}>{t('plan.openPage')}</Button>
      )
    case 'still-unclear':
    case 'already-asked':
    case 'not-gone-yet':
    case 'stock-replica':
    case 'training-running':
    case 'failed-recently':
    case 'active-conversation':
    case 'stock-voice':
    case 'stock-persona':
    case 'voice-in-use':
    case 'perhaps-not-its-voice':
    case 'perhaps-not-its-page':
    case 'pal-in-use':
    case 'no-new-face':
    case 'versions-left':
    case 'name-stays-taken':
      return null
  }
}

interface CautionProps {
  readonly group: CautionGroup
  /** How many steps the whole plan has. */
  readonly all: number
  readonly isFirstOpen: boolean
}

/** One reason in a line: how much it weighs, what it is in a few words, and the rest on demand. */
const Caution = ({ group, all, isFirstOpen }: CautionProps) => {
  const { caution, steps, evidence } = group
  const [isOpen, setIsOpen] = useState(isFirstOpen)
  const id = useId()
  const weight = weightOf(caution)
  const Sign = signs[weight]
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  const names = steps.slice(0, mostNames).map((step) => assetName(step))
  const rest = steps.length - names.length
  return (
    <li className={classes['reason']} data-weight={weight}>
      <div className={classes['line']}>
        <button
          type="button"
          className={classes['toggle']}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Chevron size={15} aria-hidden="true" className={classes['chevron']} />
          <Sign size={17} aria-hidden="true" className={classes['sign']} />
          <span className={classes['weight']}>{t(`plan.weight.${weight}`)}</span>{' '}
          <strong>{cautionBrief(caution.code)}</strong>{' '}
          {all > 1 && <span className={classes['part']}>{partOf(steps.length, all)}</span>}
        </button>
        <WayOut group={group} />
      </div>
      <div id={id} className={classes['details']} hidden={!isOpen}>
        <p>{cautionTitle(caution)}</p>
        {all > 1 && (
          <p className={classes['dim']}>
            {allOf(rest > 0 ? [...names, t('plan.others', { count: rest })] : names)}
          </p>
        )}
        {weight === 'blocked' && <p className={classes['dim']}>{surenessText(caution.sureness)}</p>}
        <Evidences evidence={evidence} />
      </div>
    </li>
  )
}

/** Everything that speaks against the plan, what blocks it first. A lone reason is read without a press. */
export const PlanCautions = ({ plan }: { readonly plan: DeletionPlan }) => {
  const { steps } = plan
  const groups = cautionsOf(steps)
  if (groups.length === 0) return null
  return (
    <section>
      <h3 className={classes['heading']}>{t('plan.reasons')}</h3>
      <ul className={classes['reasons']}>
        {groups.map((group) => (
          <Caution
            key={`${group.caution.code} ${group.caution.level} ${group.caution.sureness}`}
            group={group}
            all={steps.length}
            isFirstOpen={groups.length === 1 || steps.length === 1}
          />
        ))}
      </ul>
    </section>
  )
}
