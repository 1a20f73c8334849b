import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { providerName } from '../../../shared/catalogue/providers.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import { AccountCard } from './account-card.tsx'
import classes from './accounts-screen.module.css'
import { BucketList } from './bucket-list.tsx'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)

interface Asking {
  readonly what: 'remove' | 'forget'
  readonly account: Account
}

const Question = ({
  asking,
  onClose
}: {
  readonly asking: Asking
  readonly onClose: () => void
}) => {
  const removeAccount = useApp((state) => state.removeAccount)
  const forgetKey = useApp((state) => state.forgetKey)
  const { id, name, provider } = asking.account
  const who = providerName(provider)
  const isRemoval = asking.what === 'remove'
  return (
    <ConfirmDialog
      title={isRemoval ? t('accounts.removeTitle', { name }) : t('accounts.forgetTitle', { name })}
      text={isRemoval ? t('accounts.removeText', { who }) : t('accounts.forgetText', { who })}
      confirmLabel={isRemoval ? t('accounts.remove') : t('accounts.forget')}
      cancelLabel={t('common.cancel')}
      onConfirm={() => (isRemoval ? removeAccount(id) : forgetKey(id))}
      onClose={onClose}
    />
  )
}

const NoAccounts = () => {
  const exploreSample = useApp((state) => state.exploreSample)
  const isStartingSample = useApp((state) => state.isStartingSample)
  return (
    <EmptyState
      icon={<IconKey size={26} />}
      title={t('accounts.emptyTitle')}
      text={t('accounts.emptyText')}
    >
      <Button loading={isStartingSample} onClick={() => void exploreSample()}>
        {t('firstRun.sampleButton')}
      </Button>
    </EmptyState>
  )
}

export const AccountsScreen = () => {
  const accounts = useApp((state) => state.accounts)
  const openAccountForm = useApp((state) => state.openAccountForm)
  const [asking, setAsking] = useState<Asking | null>(null)
  return (
    <Page
      title={t('accounts.title')}
      actions={
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => openAccountForm(null)}
        >
          {t('accounts.add')}
        </Button>
      }
    >
      <div className={classes['body']} data-scroller>
        {accounts.length === 0 ? (
          <NoAccounts />
        ) : (
          <ul className={classes['list']} aria-label={t('accounts.title')} data-results>
            {accounts.map((account) => (
              <AccountCard
                key={account.id}
                account={account}
                onForget={() => setAsking({ what: 'forget', account })}
                onRemove={() => setAsking({ what: 'remove', account })}
              />
            ))}
          </ul>
        )}
        <BucketList />
      </div>
      <Suspense fallback={null}>
        {asking !== null && <Question asking={asking} onClose={() => setAsking(null)} />}
      </Suspense>
    </Page>
  )
}
