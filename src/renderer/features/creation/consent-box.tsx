import { consentStatement } from '../../text/consent-statement.ts'
import { words } from '../../text/words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './draft-card.module.css'

/** The sentence that the person has to speak, with their name in it. */
export const ConsentBox = ({ fullName }: { readonly fullName: string }) => {
  const statement = consentStatement(fullName)
  return (
    <div className={classes['consent']}>
      <div className={classes['consentHead']}>
        <strong>{words.creation.statementTitle}</strong>
        <span className={classes['dim']}>{words.creation.statementSource}</span>
        <CopyButton
          text={statement}
          label={words.creation.copyStatement}
          copiedLabel={words.common.copied}
        />
      </div>
      <blockquote lang="en">{statement}</blockquote>
    </div>
  )
}
