import { Modal } from '@mantine/core'
import { IconStack2, IconUserOff } from '@tabler/icons-react'
import { providerName } from '../../../shared/catalogue/providers.ts'
import { t } from '../../../shared/messages/messages.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { leftOfModel, partOfPlan } from '../../state/plans.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { planTitle } from '../../text/plan-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import classes from './plan-dialog.module.css'

/** The accounts that the plan touches, as far as they are known by now. */
const accountIdsOf = ({ subject, plan }: OpenPlan): ReadonlySet<string> => {
  if (plan.kind === 'ready') {
    return new Set(plan.value.steps.map(({ target }) => target.accountId))
  }
  switch (subject.scope) {
    case 'assets':
      return new Set(subject.refs.map(({ accountId }) => accountId))
    case 'likeness':
    case 'teardown':
    case 'cleanup':
      return new Set([subject.ref.accountId])
    case 'person':
      return new Set()
  }
}

const nameOf = ({ asset, plan }: OpenPlan): string => {
  if (asset !== null) return assetName(asset)
  if (plan.kind !== 'ready') return ''
  const { title, steps } = plan.value
  return title === '' ? assetName({ name: steps[0]?.name ?? '' }) : title
}

/** Who or what it is about, and whose account it is in. */
export const PlanHead = ({ open }: { readonly open: OpenPlan }) => {
  const accounts = useApp((state) => state.accounts)
  const ids = accountIdsOf(open)
  const touched = accounts.filter(({ id }) => ids.has(id))
  const { asset, subject, kind, count } = open
  return (
    <div className={classes['head']}>
      <div className={classes['face']} data-shape={asset === null ? 'sign' : 'face'}>
        {asset !== null && <AssetPoster asset={asset} />}
        {asset === null &&
          (subject.scope === 'person' ? <IconUserOff size={22} /> : <IconStack2 size={22} />)}
      </div>
      <div className={classes['who']}>
        <Modal.Title className={classes['title']}>
          {planTitle({
            subject,
            kind,
            count,
            name: nameOf(open),
            left: leftOfModel(open),
            part: partOfPlan(open)
          })}
        </Modal.Title>
        <p className={classes['account']}>
          {touched.map((account) => (
            <span key={account.id} className={classes['oneAccount']}>
              <AccountDot color={account.color} />
              <span>{account.name}</span>
              <span>{providerName(account.provider)}</span>
              {account.isSample && <SampleBadge label={t('common.sampleData')} />}
            </span>
          ))}
          {asset !== null && <code>{asset.ref.id}</code>}
        </p>
      </div>
    </div>
  )
}
