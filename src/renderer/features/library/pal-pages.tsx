import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { PalPage } from '../../../shared/domain/pal-page.ts'
import { messageOf, t } from '../../../shared/messages/messages.ts'
import { type AsyncData, loading } from '../../state/async-data.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { PersonText } from '../../ui/person-text.tsx'
import classes from './voice-detail.module.css'

/** The provider's own word where it is one that the app does not know. */
const pageWords = ({ channel, status }: PalPage): string =>
  [
    messageOf(`pageChannel.${channel}`) ?? channel,
    messageOf(`pageStatus.${status}`) ?? status
  ].join(' · ')

const PageList = ({ pages }: { readonly pages: readonly PalPage[] }) =>
  pages.length === 0 ? (
    <p className={classes['dim']}>{t('detail.pal.noPages')}</p>
  ) : (
    <ul className={classes['uses']}>
      {pages.map((page) => (
        <li key={page.id} className={classes['use']}>
          <PersonText text={assetName(page)} />
          <span className={classes['dim']}>{pageWords(page)}</span>
        </li>
      ))}
    </ul>
  )

/** The public pages that a PAL is on, asked for when its details open. */
export const PalPages = ({ asset }: { readonly asset: Asset }) => {
  const palPages = useApp((state) => state.palPages)
  const openPal = useApp((state) => state.openPal)
  const [pages, setPages] = useState<AsyncData<readonly PalPage[]>>(loading)
  const { ref } = asset
  useEffect(() => {
    let isShown = true
    void palPages(ref).then((told) => {
      if (isShown) setPages(told)
    })
    return () => {
      isShown = false
    }
  }, [palPages, ref])
  const isOnline = pages.kind === 'ready' && pages.value.some(({ status }) => status === 'active')
  return (
    <section aria-label={t('detail.pal.pages')}>
      <h3 className={classes['heading']}>{t('detail.pal.pages')}</h3>
      {pages.kind === 'loading' && <p className={classes['dim']}>{t('detail.pal.pagesLoading')}</p>}
      {pages.kind === 'failed' && (
        <p className={classes['dim']}>{describeError(pages.error).title}</p>
      )}
      {pages.kind === 'ready' && <PageList pages={pages.value} />}
      {isOnline && (
        <Button onClick={() => void openPal(asset, 'offline')}>{t('detail.pal.openPlan')}</Button>
      )}
    </section>
  )
}
