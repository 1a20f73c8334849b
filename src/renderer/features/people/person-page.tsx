import { Button } from '@mantine/core'
import { IconArrowLeft, IconHistory, IconMoodSearch, IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { providerName } from '../../../shared/catalogue/providers.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { Person } from '../../../shared/domain/person.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { useConversationCount } from '../../state/use-conversation-count.ts'
import { assetName, assetState } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { kindHeading } from '../../text/kind-words.ts'
import { consentText, retentionText, tiedText } from '../../text/person-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { Page } from '../../ui/page.tsx'
import { PersonSaveBox } from '../../ui/person-save-box.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ConsentNotes } from './consent-notes.tsx'
import classes from './person-page.module.css'

const ConfirmDialog = lazy(async () => ({
  default: (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
}))

const AssetRow = ({ asset }: { readonly asset: Asset }) => {
  const showAsset = useApp((state) => state.showAsset)
  const isDeleting = useApp((state) => state.deleting.has(targetKey(asset.ref)))
  const standing = assetState(asset, isDeleting)
  return (
    <li>
      <button type="button" className={classes['asset']} onClick={() => showAsset(asset.ref)}>
        <span className={classes['face']}>
          <AssetPoster asset={asset} isDimmed={asset.presence === 'gone'} isSmall />
        </span>
        <span className={classes['name']}>
          <PersonText text={assetName(asset)} />
        </span>
        <span className={classes['dim']}>{kindHeading(asset.ref.kind, 1)}</span>
        <StateMark tone={standing.tone} text={standing.text} />
      </button>
    </li>
  )
}

const AccountGroup = ({
  account,
  assets
}: {
  readonly account: Account
  readonly assets: readonly Asset[]
}) => (
  <section className={classes['group']} aria-label={account.name}>
    <h3 className={classes['groupHead']}>
      <AccountDot color={account.color} />
      <PersonText text={account.name} />
      <span className={classes['dim']}>{providerName(account.provider)}</span>
      <span className={classes['dim']}>{tiedText(assets.map(({ ref }) => ref.kind))}</span>
    </h3>
    <ul className={classes['assets']}>
      {assets.map((asset) => (
        <AssetRow key={targetKey(asset.ref)} asset={asset} />
      ))}
    </ul>
  </section>
)

const Where = () => {
  const accounts = useApp((state) => state.accounts)
  const assets = useApp((state) => state.personAssets)
  if (assets.kind === 'failed') {
    const { title, meaning, advice } = describeError(assets.error)
    return (
      <EmptyState icon={<IconMoodSearch size={26} />} title={title} text={`${meaning} ${advice}`} />
    )
  }
  if (assets.kind !== 'ready') return null
  if (assets.value.length === 0) {
    return (
      <EmptyState
        icon={<IconMoodSearch size={26} />}
        title={t('people.nowhereTitle')}
        text={t('people.nowhereText')}
      />
    )
  }
  return accounts.flatMap((account) => {
    const own = assets.value.filter(({ ref }) => ref.accountId === account.id)
    return own.length === 0
      ? []
      : [<AccountGroup key={account.id} account={account} assets={own} />]
  })
}

const Facts = ({ person }: { readonly person: Person }) => {
  const nowMs = useNow()
  const consent = consentText(person.consent, nowMs)
  const retention =
    person.keepUntilOn === undefined ? null : retentionText(person.keepUntilOn, nowMs)
  const note = person.consent?.note ?? ''
  return (
    <div className={classes['facts']}>
      <FactList
        rows={[
          {
            name: t('people.consent'),
            value: (
              <>
                <StateMark tone={consent.tone} text={consent.text} lines="any" />
                {note !== '' && (
                  <p className={classes['note']} dir="auto">
                    {note}
                  </p>
                )}
              </>
            )
          },
          ...(retention === null
            ? []
            : [
                {
                  name: t('people.form.keepUntil'),
                  value: <StateMark tone={retention.tone} text={retention.text} lines="any" />
                }
              ]),
          ...(person.nameRule === null
            ? []
            : [{ name: t('people.rule'), value: t('people.ruleText', { rule: person.nameRule }) }])
        ]}
      />
    </div>
  )
}

const SaveEverything = ({ person: { id, name } }: { readonly person: Person }) => {
  const conversations = useConversationCount(id)
  const save = useApp((state) => state.personSave)
  const load = useApp((state) => state.loadPersonSave)
  const begin = useApp((state) => state.beginPersonSave)
  const stop = useApp((state) => state.stopPersonSave)
  const show = useApp((state) => state.showSavedFolder)
  useEffect(() => void load(), [load])
  return (
    <section className={classes['group']} aria-label={t('personSave.title')}>
      <h2 className={classes['saveHead']}>{t('personSave.title')}</h2>
      <PersonSaveBox
        personId={id}
        name={name}
        save={save}
        text={t('personSave.text')}
        conversations={conversations}
        onBegin={(withTranscripts) => void begin(id, withTranscripts)}
        onStop={() => void stop()}
        onShow={() => void show()}
      />
    </section>
  )
}

/** Escape goes one step back, to the list of all. */
const useEscape = (onEscape: () => void) => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isDialogOpen()) onEscape()
    }
    // Before a dialog hears it and is gone: closing that is the one step.
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [onEscape])
}

const isListed = ({ presence }: Asset): boolean => presence === 'listed'

/** Where does this face live? Everything tied to one person, at every provider. */
export const PersonPage = ({ person }: { readonly person: Person }) => {
  const showPerson = useApp((state) => state.showPerson)
  const openPersonForm = useApp((state) => state.openPersonForm)
  const showPersonHistory = useApp((state) => state.showPersonHistory)
  const removePerson = useApp((state) => state.removePerson)
  const openSubject = useApp((state) => state.openSubject)
  const askToForget = useApp((state) => state.askToForget)
  const assets = useApp((state) => state.personAssets)
  const listed = assets.kind === 'ready' ? assets.value.filter(isListed) : []
  const [first] = listed
  const eraseAll = () =>
    openSubject(
      { scope: 'person', personId: person.id },
      { asset: null, kind: first?.ref.kind ?? 'replica', count: listed.length }
    )
  const [isRemoving, setIsRemoving] = useState(false)
  useEscape(useCallback(() => showPerson(null), [showPerson]))
  return (
    <Page
      title={person.name}
      actions={
        <>
          <Button
            leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
            onClick={() => showPerson(null)}
          >
            {t('people.back')}
          </Button>
          <Button
            leftSection={<IconHistory size={16} aria-hidden="true" />}
            onClick={() => showPersonHistory(person.id)}
          >
            {t('library.actions.showHistory')}
          </Button>
          <Button
            leftSection={<IconPencil size={16} aria-hidden="true" />}
            onClick={() => openPersonForm(person.id)}
          >
            {t('people.edit')}
          </Button>
        </>
      }
    >
      <div className={classes['body']}>
        <Facts person={person} />
        <ConsentNotes person={person} />
        <h2 className={classes['heading']}>{t('people.whereTitle')}</h2>
        <Where />
        <SaveEverything person={person} />
        <div className={classes['actions']}>
          {first !== undefined && (
            <Button onClick={() => void eraseAll()}>{t('people.eraseAll')}</Button>
          )}
          <Button
            variant="subtle"
            onClick={() => void askToForget({ refs: [], personId: person.id })}
          >
            {t('forget.open')}
          </Button>
          <Button variant="subtle" onClick={() => setIsRemoving(true)}>
            {t('people.remove')}
          </Button>
        </div>
      </div>
      <Suspense fallback={null}>
        {isRemoving && (
          <ConfirmDialog
            title={t('people.removeTitle', { name: person.name })}
            text={t('people.removeText')}
            confirmLabel={t('people.remove')}
            cancelLabel={t('common.cancel')}
            onConfirm={() => removePerson(person.id)}
            onClose={() => setIsRemoving(false)}
          />
        )}
      </Suspense>
    </Page>
  )
}
