import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/CheckboxIndicator.layer.css'
import '@mantine/core/styles/Checkbox.layer.css'
import { Button } from '@mantine/core'
import { IconFileText, IconLink, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { linkFileEndings } from '../../state/link-files.ts'
import { useApp } from '../../state/use-app.ts'
import { Page } from '../../ui/page.tsx'
import { pickFiles } from '../../ui/pick-files.ts'
import { useOutcomeFocus } from '../../ui/refusal-focus.ts'
import classes from './creation-screen.module.css'
import { DraftCard } from './draft-card.tsx'
import { DraftsSummary } from './drafts-summary.tsx'

const DropRegion = () => {
  const importFiles = useApp((state) => state.importFiles)
  return (
    <section className={classes['region']} aria-label={t('creation.region')}>
      <IconLink size={20} aria-hidden="true" />
      <div className={classes['regionText']}>
        <p className={classes['regionTitle']}>{t('creation.dropTitle')}</p>
        <p className={classes['dim']}>{t('creation.dropText')}</p>
      </div>
      <Button
        title={t('creation.importHint')}
        leftSection={<IconFileText size={16} aria-hidden="true" />}
        onClick={() => void pickFiles(linkFileEndings).then(importFiles)}
      >
        {t('creation.import')}
      </Button>
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

const useShowAdded = (list: { readonly current: HTMLElement | null }) => {
  const addedIds = useApp((state) => state.addedDraftIds)
  useEffect(() => {
    const first = addedIds[0]
    if (first === undefined) return
    list.current?.querySelector(`[data-draft="${first}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [addedIds, list])
}

export const CreationScreen = () => {
  const drafts = useApp((state) => state.drafts)
  const addDrafts = useApp((state) => state.addDrafts)
  const openLink = useApp((state) => state.openLink)
  const list = useRef<HTMLUListElement>(null)
  const { home, noteOutcome } = useOutcomeFocus<HTMLDivElement>()
  useFirstDraft()
  useShowAdded(list)
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
      <div ref={home} className={classes['body']}>
        <DropRegion />
        {drafts.length > 1 && <DraftsSummary onOutcome={noteOutcome} />}
        <ul ref={list} className={classes['drafts']} data-results>
          {drafts.map((draft, index) => (
            <li key={draft.id} data-draft={draft.id}>
              <DraftCard draft={draft} number={index + 1} />
            </li>
          ))}
        </ul>
      </div>
    </Page>
  )
}
