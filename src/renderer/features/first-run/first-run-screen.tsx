import { Button } from '@mantine/core'
import { IconKey, IconRestore, IconSparkles } from '@tabler/icons-react'
import { keysLink, type ProviderId } from '../../../shared/catalogue/providers.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import classes from './first-run-screen.module.css'

const noProviders: readonly ProviderId[] = []

const Restore = () => {
  const restoreBackup = useApp((state) => state.restoreBackup)
  return (
    <section className={classes['way']}>
      <IconRestore size={26} stroke={1.6} aria-hidden="true" className={classes['icon']} />
      <h2>{t('firstRun.restoreTitle')}</h2>
      <p>{t('firstRun.restoreText')}</p>
      <Button variant="filled" onClick={() => void restoreBackup()}>
        {t('firstRun.restoreButton')}
      </Button>
    </section>
  )
}

/** The ways in, and nothing else. No welcome is given to somebody whose library could only not be opened. */
export const FirstRunScreen = () => {
  const openAccountForm = useApp((state) => state.openAccountForm)
  const exploreSample = useApp((state) => state.exploreSample)
  const isStartingSample = useApp((state) => state.isStartingSample)
  const openLink = useApp((state) => state.openLink)
  const isLost = useApp((state) => state.health.storage.state !== 'ok')
  const hasBackup = useApp(
    ({ health: { storage } }) => storage.state === 'damaged' && storage.backup !== null
  )
  const providers = useApp((state) =>
    state.boot.kind === 'ready' ? state.boot.value.providers : noProviders
  )
  return (
    <div className={classes['screen']} data-scroller>
      <div className={classes['inner']}>
        <h1 className={classes['title']}>
          {isLost ? t('firstRun.lostTitle') : t('firstRun.title')}
        </h1>
        <p className={classes['lead']}>{isLost ? t('firstRun.lostLead') : t('firstRun.lead')}</p>
        <div className={classes['ways']}>
          {hasBackup && <Restore />}
          <section className={classes['way']}>
            <IconKey size={26} stroke={1.6} aria-hidden="true" className={classes['icon']} />
            <h2>{t('firstRun.connectTitle')}</h2>
            <p>{t('firstRun.connectText')}</p>
            <Button
              variant={hasBackup ? 'default' : 'filled'}
              onClick={() => openAccountForm(null)}
            >
              {t('firstRun.connectButton')}
            </Button>
          </section>
          <section className={classes['way']}>
            <IconSparkles size={26} stroke={1.6} aria-hidden="true" className={classes['icon']} />
            <h2>{t('firstRun.sampleTitle')}</h2>
            <p>{t('firstRun.sampleText')}</p>
            <Button loading={isStartingSample} onClick={() => void exploreSample()}>
              {t('firstRun.sampleButton')}
            </Button>
          </section>
        </div>
        <div className={classes['links']}>
          {providers.map((provider) => (
            <button
              key={provider}
              type="button"
              className={classes['where']}
              onClick={() => void openLink(keysLink(provider))}
            >
              {t(`provider.${provider}.whereIsKey`)}
            </button>
          ))}
        </div>
      </div>
    </div>
  )
}
