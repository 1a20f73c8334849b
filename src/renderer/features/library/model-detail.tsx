import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isSameAsset } from '../../state/asset-key.ts'
import { useApp } from '../../state/use-app.ts'
import {
  descriptionOf,
  modelFacts,
  shortVersion,
  usesText,
  versionFacts
} from '../../text/model-words.ts'
import { shortDate } from '../../text/time-words.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import classes from './model-detail.module.css'

const VersionRow = ({ version }: { readonly version: Asset }) => {
  const showAsset = useApp((state) => state.showAsset)
  return (
    <li>
      <button type="button" className={classes['version']} onClick={() => showAsset(version.ref)}>
        <code>{shortVersion(version.ref.id)}</code>
        <span className={classes['dim']}>{usesText(version)}</span>
        <span className={classes['when']}>
          {version.createdAt === null ? '' : shortDate(version.createdAt)}
        </span>
      </button>
    </li>
  )
}

/** The model's versions, each of which opens; those that are known here, asked for anew when the model is. */
const Versions = ({ model }: { readonly model: Asset }) => {
  const loadVersions = useApp((state) => state.loadVersions)
  const held = useApp((state) => state.modelVersions)
  const showMadeFrom = useApp((state) => state.showMadeFrom)
  useEffect(() => void loadVersions(model.ref), [loadVersions, model])
  const versions =
    held !== null && isSameAsset(held.model, model.ref) && held.versions.kind === 'ready'
      ? held.versions.value
      : null
  if (versions === null) return null
  return (
    <section aria-label={t('models.versions')}>
      <h3 className={classes['heading']}>
        {t('models.versions')} <span className={classes['dim']}>{versions.length}</span>
        {versions.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => showMadeFrom(model)}>
            {t('models.showVersions')}
          </Button>
        )}
      </h3>
      {versions.length === 0 ? (
        <p className={classes['dim']}>{t('models.noVersions')}</p>
      ) : (
        <ul className={classes['versions']}>
          {versions.map((version) => (
            <VersionRow key={targetKey(version.ref)} version={version} />
          ))}
        </ul>
      )}
    </section>
  )
}

const Pages = ({ asset }: { readonly asset: Asset }) => {
  const openPage = useApp((state) => state.openPage)
  if (asset.presence === 'gone') return null
  return (
    <div className={classes['pages']}>
      <Button size="xs" onClick={() => void openPage(asset, 'home')}>
        {t('models.openPage')}
      </Button>
      <Button size="xs" onClick={() => void openPage(asset, 'settings')}>
        {t('models.openSettings')}
      </Button>
    </div>
  )
}

/** What only models have: their versions, and how they were found. */
export const ModelDetail = ({ asset }: { readonly asset: Asset }) => {
  const description = descriptionOf(asset)
  return (
    <>
      {description !== null && (
        <p className={classes['description']} dir="auto">
          {description}
        </p>
      )}
      <FactList
        rows={modelFacts(asset).map(({ name, value }) => ({
          name,
          value: <span className={classes['value']}>{value}</span>
        }))}
      />
      <Versions model={asset} />
      <Pages asset={asset} />
      <p className={classes['dim']}>{t('models.mayBeMore')}</p>
    </>
  )
}

const ModelLink = ({ model }: { readonly model: AssetRef }) => {
  const showAsset = useApp((state) => state.showAsset)
  return (
    <button type="button" className={classes['link']} onClick={() => showAsset(model)}>
      <PersonText text={model.id} />
    </button>
  )
}

/** What only versions have: their model, and who uses them. */
export const VersionDetail = ({ asset }: { readonly asset: Asset }) => {
  const { accountId } = asset.ref
  return (
    <>
      <FactList
        rows={[
          ...(asset.parentId === null
            ? []
            : [
                {
                  name: t('models.model'),
                  value: <ModelLink model={{ accountId, kind: 'model', id: asset.parentId }} />
                }
              ]),
          ...versionFacts(asset).map(({ name, value }) => ({
            name,
            value: <span className={classes['value']}>{value}</span>
          }))
        ]}
      />
      <Pages asset={asset} />
    </>
  )
}
