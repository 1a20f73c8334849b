import { Button } from '@mantine/core'
import { IconArrowLeft, IconHistory, IconMoodSearch, IconPencil } from '@tabler/icons-react'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import { providerName } from '../../../shared/catalogue/providers.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { Person } from '../../../shared/domain/person.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { useConversations } from '../../state/use-conversations.ts'
import { assetName, assetState } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { countOfKind, kindHeading } from '../../text/kind-words.ts'
import { consentText, retentionText, tiedText } from '../../text/person-words.ts'
import { allOf } from '../../text/time-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { Page } from '../../ui/page.tsx'
import { PersonSaveBox } from '../../ui/person-save-box.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { Poster } from '../../ui/poster.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ConsentNotes } from './consent-notes.tsx'
import { PersonNote } from './person-note.tsx'
import classes from './person-page.module.css'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)

const noAssets: readonly Asset[] = []

const isListed = ({ presence }: Asset): boolean => presence === 'listed'

/** What is made with a thing like this. */
const madeWith = ({ ref }: Asset): 'video' | 'version' | null => {
  if (ref.kind === 'replica') return 'video'
  return ref.kind === 'model' ? 'version' : null
}

const AssetRow = ({ asset }: { readonly asset: Asset }) => {
  const showAsset = useApp((state) => state.showAsset)
  const isDeleting = useApp((state) => state.deleting.has(targetKey(asset.ref)))
  const made = useApp((state) => state.personMade.get(targetKey(asset.ref)) ?? 0)
  const madeKind = madeWith(asset)
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
        <span className={classes['dim']}>
          {made > 0 && madeKind !== null
            ? countOfKind(made, madeKind)
            : kindHeading(asset.ref.kind, 1)}
        </span>
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
}) => {
  const made = useApp((state) => state.personMade)
  const own = new Set<string | null>(assets.map(({ ref }) => ref.id))
  /** Beyond those that are the person's own, which are counted beside it. */
  const sumOf = (kind: 'video' | 'version'): number =>
    assets
      .filter((asset) => madeWith(asset) === kind)
      .reduce((sum, { ref }) => sum + (made.get(targetKey(ref)) ?? 0), 0) -
    assets.filter(({ ref, parentId }) => ref.kind === kind && own.has(parentId)).length
  const counts = (['video', 'version'] as const).flatMap((kind) => {
    const count = sumOf(kind)
    return count <= 0 ? [] : [countOfKind(count, kind)]
  })
  return (
    <section className={classes['group']} aria-label={account.name}>
      <h3 className={classes['groupHead']}>
        <AccountDot color={account.color} />
        <PersonText text={account.name} />
        <span className={classes['dim']}>{providerName(account.provider)}</span>
        <span className={classes['dim']}>{tiedText(assets.map(({ ref }) => ref.kind))}</span>
        {counts.length > 0 && (
          <span className={classes['dim']}>{t('people.madeWith', { made: allOf(counts) })}</span>
        )}
      </h3>
      <ul className={classes['assets']}>
        {assets.map((asset) => (
          <AssetRow key={targetKey(asset.ref)} asset={asset} />
        ))}
      </ul>
    </section>
  )
}

const mostFaces = 5

/** One of each account first, so that a face at the second provider is not pushed out by many at the first. */
const facesOf = (assets: readonly Asset[]): readonly Asset[] => {
  const pictured = assets.filter(
    ({ presence, posterId }) => presence === 'listed' && posterId !== null
  )
  const firsts = [
    ...new Map(pictured.toReversed().map((asset) => [asset.ref.accountId, asset])).values()
  ]
  return [...new Set([...firsts.toReversed(), ...pictured])].slice(0, mostFaces)
}

/** Whose page it is: the face as every provider has it, and whether they agreed. */
const Head = ({
  person,
  assets
}: {
  readonly person: Person
  readonly assets: readonly Asset[]
}) => {
  const nowMs = useNow()
  const consent = consentText(person.consent, nowMs)
  const faces = facesOf(assets)
  return (
    <div className={classes['who']}>
      <div className={classes['faces']} aria-hidden="true">
        {faces.map((asset) => (
          <span key={targetKey(asset.ref)} className={classes['bigFace']}>
            <AssetPoster asset={asset} />
          </span>
        ))}
        {faces.length === 0 && (
          <span className={classes['bigFace']}>
            <Poster posterId={null} name={person.name} />
          </span>
        )}
      </div>
      <div className={classes['standing']}>
        <StateMark tone={consent.tone} text={consent.text} lines="any" />
        <span className={classes['dim']}>
          {tiedText(assets.filter(isListed).map(({ ref }) => ref.kind))}
        </span>
      </div>
    </div>
  )
}

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
  const retention =
    person.keepUntilOn === undefined ? null : retentionText(person.keepUntilOn, nowMs)
  const note = person.consent?.note ?? ''
  if (note === '' && retention === null && person.nameRule === null) return null
  return (
    <div className={classes['facts']}>
      <FactList
        rows={[
          ...(note === ''
            ? []
            : [
                {
                  name: t('people.consent'),
                  value: (
                    <p className={classes['note']} dir="auto">
                      {note}
                    </p>
                  )
                }
              ]),
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
  const conversations = useConversations(id)
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
        onBegin={(transcripts) => void begin(id, transcripts)}
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
      back={
        <IconButton label={t('people.back')} onClick={() => showPerson(null)}>
          <IconArrowLeft size={18} />
        </IconButton>
      }
      actions={
        <>
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
          {first !== undefined && (
            <Button variant="filled" data-tone="danger" onClick={() => void eraseAll()}>
              {t('people.eraseAll')}
            </Button>
          )}
        </>
      }
    >
      <div className={classes['body']} data-scroller>
        <Head person={person} assets={assets.kind === 'ready' ? assets.value : noAssets} />
        <Facts person={person} />
        <ConsentNotes person={person} />
        <PersonNote person={person} />
        <h2 className={classes['heading']}>{t('people.whereTitle')}</h2>
        <Where />
        <SaveEverything person={person} />
        <div className={classes['actions']}>
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
