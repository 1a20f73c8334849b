import { Button } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { consentStatement } from '../../text/consent-statement.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './draft-card.module.css'

const Teleprompter = lazy(async () => ({
  default: (await import('./teleprompter.tsx')).Teleprompter
}))

/** The sentence that the person has to speak, with the name that they speak in it. */
export const ConsentBox = ({ spokenName }: { readonly spokenName: string }) => {
  const [isPrompting, setIsPrompting] = useState(false)
  const statement = consentStatement(spokenName)
  return (
    <div className={classes['consent']}>
      <div className={classes['consentHead']}>
        <strong>{t('creation.statementTitle')}</strong>
        <span className={classes['dim']}>{t('creation.statementSource')}</span>
        <span className={classes['consentActions']}>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconDeviceDesktop size={14} aria-hidden="true" />}
            onClick={() => setIsPrompting(true)}
          >
            {t('creation.teleprompter')}
          </Button>
          <CopyButton
            text={statement}
            label={t('creation.copyStatement')}
            copiedLabel={t('common.copied')}
          />
        </span>
      </div>
      <blockquote lang="en">{statement}</blockquote>
      <Suspense fallback={null}>
        {isPrompting && (
          <Teleprompter statement={statement} onClose={() => setIsPrompting(false)} />
        )}
      </Suspense>
    </div>
  )
}
