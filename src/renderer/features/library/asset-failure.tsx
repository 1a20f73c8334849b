import { Button } from '@mantine/core'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { errorTypeText, failureQuote, failureWords } from '../../text/failure-words.ts'
import classes from './detail-pane.module.css'

/** Why a training or a video failed, and what can be done about it. */
export const AssetFailure = ({ asset }: { readonly asset: Asset }) => {
  const createAgain = useApp((state) => state.createAgain)
  const openLink = useApp((state) => state.openLink)
  const outlook = useApp((state) => state.detailOutlook)
  const { meaning, nextStep } = failureWords(asset.errorMessage, asset.ref.kind)
  const errorType =
    asset.ref.kind === 'replica' ? errorTypeText(asset.errorMessage, outlook?.foretold ?? []) : null
  return (
    <section className={classes['failure']}>
      <p className={classes['quote']}>{failureQuote(asset.errorMessage, asset.ref.kind)}</p>
      <p>
        {meaning} {nextStep}
      </p>
      {errorType !== null && <p className={classes['dim']}>{errorType}</p>}
      {asset.ref.kind === 'replica' ? (
        <Button onClick={() => void createAgain(asset.ref)}>{t('detail.createAgain')}</Button>
      ) : (
        <Button onClick={() => void openLink('tavus-portal')}>
          {t('library.actions.openPortal')}
        </Button>
      )}
    </section>
  )
}
