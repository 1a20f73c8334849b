import { useEffect, useState } from 'react'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName, originText } from '../../text/asset-words.ts'
import { PillSelect } from '../../ui/pill-select.tsx'
import classes from './plan-groups.module.css'

const none = ''

interface ChoiceProps {
  readonly accountId: AccountId
  readonly kind: 'replica' | 'voice'
}

/** What the PALs of an account show or speak with afterwards. */
const RepointChoice = ({ accountId, kind }: ChoiceProps) => {
  const listForRepoint = useApp((state) => state.listForRepoint)
  const chooseRepoint = useApp((state) => state.chooseRepoint)
  const chosen = useApp((state) =>
    state.planDialog?.choices.repoint?.find(
      ({ ref }) => ref.accountId === accountId && ref.kind === kind
    )
  )
  const [assets, setAssets] = useState<readonly Asset[]>([])
  useEffect(() => {
    void listForRepoint(accountId, kind).then(setAssets)
  }, [listForRepoint, accountId, kind])
  return (
    <PillSelect
      label={kind === 'replica' ? t('plan.repointFace') : t('plan.repointVoice')}
      value={chosen?.ref.id ?? none}
      choices={[
        { value: none, label: kind === 'replica' ? t('plan.noNewFace') : t('plan.noNewVoice') },
        ...assets.map((asset) => ({
          value: asset.ref.id as string,
          label:
            asset.origin === 'stock'
              ? t('plan.stockNamed', { name: assetName(asset), type: originText(asset.origin) })
              : assetName(asset)
        }))
      ]}
      onChange={(id) =>
        void chooseRepoint(accountId, kind, assets.find(({ ref }) => ref.id === id) ?? null)
      }
    />
  )
}

/** Another face and another voice, for the PALs of each account. */
export const RepointChoices = ({
  steps,
  lines
}: {
  readonly steps: readonly PlanStep[]
  /** What changes, before and after. */
  readonly lines: readonly string[]
}) => (
  <div className={classes['repoint']}>
    {[...new Set(steps.map(({ target }) => target.accountId))].flatMap((accountId) =>
      (['replica', 'voice'] as const).map((kind) => (
        <RepointChoice key={`${accountId} ${kind}`} accountId={accountId} kind={kind} />
      ))
    )}
    {lines.map((line) => (
      <p key={line} className={classes['change']}>
        {line}
      </p>
    ))}
  </div>
)
