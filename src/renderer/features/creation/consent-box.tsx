import { t } from '../../../shared/messages/messages.ts'
import { consentStatement } from '../../text/consent-statement.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './draft-card.module.css'

/** The sentence that the person has to speak, with their name in it. */
export const ConsentBox = ({ fullName }: { readonly fullName: string }) => {
  const statement = consentStatement(fullName)
  return (
    <div className={classes['consent']}>
      <div className={classes['consentHead']}>
        <strong>{t('creation.statementTitle')}</strong>
        <span className={classes['dim']}>{t('creation.statementSource')}</span>
        <CopyButton
          text={statement}
          label={t('creation.copyStatement')}
          copiedLabel={t('common.copied')}
        />
      </div>
      <blockquote lang="en">{statement}</blockquote>
    </div>
  )
}
