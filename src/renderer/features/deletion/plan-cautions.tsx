import { Button } from '@mantine/core'
import { isAssetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetRef, TargetRef } from '../../../shared/domain/asset.ts'
import type { Evidence } from '../../../shared/domain/deletion.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { type CautionGroup, cautionsOf } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { cautionTitle, evidenceLines, surenessText } from '../../text/plan-words.ts'
import { allOf } from '../../text/time-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import classes from './plan-dialog.module.css'

/** Things of the library have a page of their own; conversations and personas have none. */
const assetRefOf = ({ accountId, kind, id }: TargetRef): AssetRef | null =>
  isAssetKind(kind) ? { accountId, kind, id } : null

const mostNamed = 5

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
    case 'voice-in-use':
    case 'perhaps-not-its-voice':
    case 'versions-left':
    case 'name-stays-taken':
      return null
  }
}

const Caution = ({ group, isOne }: { readonly group: CautionGroup; readonly isOne: boolean }) => {
  const { caution, steps, evidence } = group
  const names = steps.slice(0, 3).map((step) => assetName(step))
  const rest = steps.length - names.length
  const concerned = allOf(rest > 0 ? [...names, t('plan.others', { count: rest })] : names)
  return (
    <MessageBox
      tone="warn"
      title={cautionTitle(caution)}
      text={isOne ? '' : concerned}
      actions={<WayOut group={group} />}
    >
      <p className={classes['chips']}>
        {caution.level === 'blocks' && <span>{t('plan.blocks')}</span>}
        <span>{surenessText(caution.sureness)}</span>
      </p>
      <Evidences evidence={evidence} />
    </MessageBox>
  )
}

/** Everything that speaks against the plan, what blocks it first. */
export const PlanCautions = ({ open }: { readonly open: OpenPlan }) => {
  const leaveOutBlocked = useApp((state) => state.leaveOutBlocked)
  if (open.plan.kind !== 'ready') return null
  const { steps, canRun } = open.plan.value
  const groups = cautionsOf(steps)
  if (groups.length === 0) return null
  return (
    <>
      {groups.map((group) => (
        <Caution
          key={`${group.caution.code} ${group.caution.level} ${group.caution.sureness}`}
          group={group}
          isOne={steps.length === 1}
        />
      ))}
      {!canRun && steps.length > 1 && (
        <Button className={classes['leaveOut']} onClick={() => void leaveOutBlocked()}>
          {t('plan.leaveOut')}
        </Button>
      )}
    </>
  )
}
