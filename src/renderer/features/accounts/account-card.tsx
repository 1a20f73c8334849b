import { Button } from '@mantine/core'
import { providerName } from '../../../shared/catalogue/providers.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { keyCheckText, keyText, type ToneWords } from '../../text/account-words.ts'
import { waitingWords } from '../../text/refresh-words.ts'
import { exactTime } from '../../text/time-words.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useContextMenu } from '../../ui/use-context-menu.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './accounts-screen.module.css'

interface Props {
  readonly account: Account
  readonly onForget: () => void
  readonly onRemove: () => void
}

const exactOf = (at: string | null): string | undefined => (at === null ? undefined : exactTime(at))

export const AccountCard = ({ account, onForget, onRemove }: Props) => {
  const nowMs = useNow()
  const isChecking = useApp((state) => state.checking.has(account.id))
  const checkAccount = useApp((state) => state.checkAccount)
  const openAccountForm = useApp((state) => state.openAccountForm)
  const key = keyText(account.key, nowMs)
  const sync = useApp((state) => state.sync.get(account.id))
  const isWaiting = isChecking && (sync?.waitsUntilAt ?? null) !== null
  const who = providerName(account.provider)
  const check: ToneWords =
    isWaiting && sync !== undefined
      ? { tone: 'warn', text: waitingWords(who, sync, nowMs).title }
      : keyCheckText(account.keyCheck, who, nowMs)
  const spoken = isWaiting ? check : keyCheckText({ ...account.keyCheck, checkedAt: null }, who, 0)
  const hasKey = account.key.state !== 'absent'
  const { onContextMenu, menu } = useContextMenu(account.name, () => [
    [
      ...(hasKey ? [{ label: t('accounts.check'), run: () => void checkAccount(account.id) }] : []),
      {
        label: hasKey ? t('accounts.edit') : t('accounts.noFirstKey'),
        run: () => openAccountForm(account.id)
      }
    ],
    [
      ...(hasKey && !account.isSample ? [{ label: t('accounts.forget'), run: onForget }] : []),
      { label: t('accounts.remove'), isDanger: true, run: onRemove }
    ]
  ])
  return (
    <li
      className={classes['card']}
      data-account-color={account.color}
      onContextMenu={onContextMenu}
    >
      <div className={classes['head']}>
        <h2 className={classes['name']}>
          <PersonText text={account.name} />
        </h2>
        <span className={classes['provider']}>{providerName(account.provider)}</span>
        {account.isSample && <SampleBadge label={t('common.sampleData')} />}
        {account.isReadOnly && <SampleBadge label={t('common.readOnly')} />}
      </div>
      <FactList
        rows={[
          {
            name: t('accounts.key'),
            value: (
              <span title={exactOf(account.key.setAt)}>
                <StateMark tone={key.tone} text={key.text} lines="any" />
              </span>
            )
          },
          {
            name: t('accounts.lastCheck'),
            value: (
              <span title={exactOf(account.keyCheck.checkedAt)}>
                <StateMark tone={check.tone} text={check.text} lines="any" />
                {/* Read out when the outcome changes, not with each minute that passes. */}
                <span role="status" className={classes['spoken']}>
                  {spoken.text}
                </span>
              </span>
            )
          },
          { name: t('accounts.apiAddress'), value: <code>{account.apiAddress}</code> }
        ]}
      />
      <div className={classes['actions']}>
        {hasKey && (
          <Button loading={isChecking} onClick={() => void checkAccount(account.id)}>
            {t('accounts.check')}
          </Button>
        )}
        <Button onClick={() => openAccountForm(account.id)}>
          {hasKey ? t('accounts.edit') : t('accounts.noFirstKey')}
        </Button>
        {hasKey && !account.isSample && <Button onClick={onForget}>{t('accounts.forget')}</Button>}
        <Button variant="subtle" className={classes['apart']} onClick={onRemove}>
          {t('accounts.remove')}
        </Button>
      </div>
      {menu}
    </li>
  )
}
