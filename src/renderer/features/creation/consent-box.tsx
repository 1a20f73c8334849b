import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconNotes } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import type { Draft } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { consentStatement } from '../../text/consent-statement.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import classes from './draft-card.module.css'

const Teleprompter = loadedLater(async () => (await import('./teleprompter.tsx')).Teleprompter)

interface Props {
  readonly draft: Draft
  /** As it stands in the form. */
  readonly spokenName: string
}

/** The sentence that the person has to speak, with the name that they speak in it. */
export const ConsentBox = ({ draft, spokenName }: Props) => {
  const openConsentForm = useApp((state) => state.openConsentForm)
  const [isPrompting, setIsPrompting] = useState(false)
  const statement = consentStatement(spokenName)
  const note = () =>
    openConsentForm({
      personId: null,
      spokenName,
      statement,
      place: draft.consentIn,
      video: {
        draftId: draft.id,
        field: draft.consentIn === 'consent-video' ? 'consentVideoUrl' : 'trainVideoUrl'
      }
    })
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
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconNotes size={14} aria-hidden="true" />}
            onClick={note}
          >
            {t('consent.add')}
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
