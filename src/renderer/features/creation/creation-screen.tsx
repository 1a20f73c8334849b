import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/CheckboxIndicator.layer.css'
import '@mantine/core/styles/Checkbox.layer.css'
import { Button } from '@mantine/core'
import { IconDownload, IconFileText, IconLink, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { linkFileEndings } from '../../state/link-files.ts'
import { useApp } from '../../state/use-app.ts'
import { Page } from '../../ui/page.tsx'
import { pickFiles } from '../../ui/pick-files.ts'
import { useOutcomeFocus } from '../../ui/refusal-focus.ts'
import classes from './creation-screen.module.css'
import { DraftCard } from './draft-card.tsx'
import { DraftTable } from './draft-table.tsx'
import { DraftsFoot } from './drafts-foot.tsx'

const DropRegion = () => {
  const importFiles = useApp((state) => state.importFiles)
  const saveTemplate = useApp((state) => state.saveTemplate)
  return (
    <section className={classes['region']} aria-label={t('creation.region')}>
      <IconLink size={20} aria-hidden="true" />
      <div className={classes['regionText']}>
        <p className={classes['regionTitle']}>{t('creation.dropTitle')}</p>
        <p className={classes['dim']}>{t('creation.dropText')}</p>
      </div>
      <div className={classes['regionActions']}>
        <Button
          variant="subtle"
          title={t('creation.templateHint')}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={() => void saveTemplate()}
        >
          {t('creation.template')}
        </Button>
        <Button
          title={t('creation.importHint')}
          leftSection={<IconFileText size={16} aria-hidden="true" />}
          onClick={() => void pickFiles(linkFileEndings).then(importFiles)}
        >
          {t('creation.import')}
        </Button>
      </div>
    </section>
  )
}

/** Whoever comes here without a draft comes to make one. */
const useFirstDraft = () => {
  const addDrafts = useApp((state) => state.addDrafts)
  const hasDrafts = useApp((state) => state.drafts.length > 0)
  const hasAsked = useRef(false)
  useEffect(() => {
    if (hasDrafts || hasAsked.current) return
    hasAsked.current = true
    void addDrafts('')
  }, [hasDrafts, addDrafts])
}

export const CreationScreen = () => {
  const drafts = useApp((state) => state.drafts)
  const addDrafts = useApp((state) => state.addDrafts)
  const openLink = useApp((state) => state.openLink)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const { home, noteOutcome } = useOutcomeFocus<HTMLDivElement>()
  useFirstDraft()
  const [only] = drafts
  return (
    <Page
      title={t('creation.title')}
      actions={
        <>
          <Button onClick={() => void openLink('tavus-training')}>{t('creation.guide')}</Button>
          <Button
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() => void addDrafts('')}
          >
            {t('creation.addEmpty')}
          </Button>
        </>
      }
    >
      <div ref={home} className={classes['screen']}>
        <div ref={setScroller} className={classes['body']} data-scroller>
          <div>
            <DropRegion />
            <div className={classes['drafts']}>
              {drafts.length > 1 && scroller !== null && <DraftTable scroller={scroller} />}
              {drafts.length === 1 && only !== undefined && (
                <div data-results data-draft={only.id}>
                  <DraftCard key={only.id} draft={only} number={1} />
                </div>
              )}
            </div>
          </div>
        </div>
        {drafts.length > 1 && <DraftsFoot onOutcome={noteOutcome} />}
      </div>
    </Page>
  )
}
