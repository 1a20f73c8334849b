import { Button } from '@mantine/core'
import { IconTrash, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { isEnded } from '../../state/batches.ts'
import { useApp } from '../../state/use-app.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { focusBehind, giveFocusBack } from '../../ui/focus-return.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { isDialogOpen } from '../../ui/keyboard.ts'
import { BatchCard } from './batch-card.tsx'
import classes from './deletions-sheet.module.css'

/** Escape closes the sheet before anything behind it hears of it, unless a dialog or menu lies over it. */
const useEscape = (close: () => void) => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isDialogOpen()) return
      event.preventDefault()
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [close])
}

/** Those that were dismissed: their receipts are still to be had. */
const Past = () => {
  const past = useApp((state) => state.pastBatches)
  const loadPastBatches = useApp((state) => state.loadPastBatches)
  const hidePastBatches = useApp((state) => state.hidePastBatches)
  const isOpen = past !== null
  const left = past === null ? 0 : past.total - past.rows.length
  return (
    <section className={classes['past']} aria-label={t('batches.past')}>
      <Button
        size="xs"
        variant="subtle"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? hidePastBatches() : void loadPastBatches())}
      >
        {isOpen ? t('batches.hidePast') : t('batches.showPast')}
      </Button>
      {isOpen && past.rows.length === 0 && <p className={classes['note']}>{t('batches.noPast')}</p>}
      {isOpen && (
        <ul className={classes['pastList']}>
          {past.rows.map((batch) => (
            <li key={batch.id}>
              <BatchCard batch={batch} />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <Button size="xs" onClick={() => void loadPastBatches()}>
          {t('batches.morePast', { left })}
        </Button>
      )}
    </section>
  )
}

/** Everything that is held, under way, waiting, or ended and not put away; the newest first, what is open before what ended. */
export const DeletionsSheet = () => {
  const batches = useApp((state) => state.batches)
  const hasPast = useApp(({ pastBatches }) => (pastBatches?.rows.length ?? 0) > 0)
  const close = useApp((state) => state.closeDeletions)
  const heading = useRef<HTMLHeadingElement>(null)
  useEscape(close)
  useEffect(() => {
    const before = focusBehind()
    heading.current?.focus()
    return () => giveFocusBack(before)
  }, [])
  const shown = useMemo(() => {
    const newestFirst = [...batches].reverse()
    return [
      ...newestFirst.filter((batch) => !isEnded(batch)),
      ...newestFirst.filter((batch) => isEnded(batch))
    ]
  }, [batches])
  return (
    <section className={classes['sheet']} aria-label={t('batches.title')}>
      <header className={classes['head']}>
        <h2 ref={heading} tabIndex={-1} className={classes['title']}>
          {t('batches.title')}
        </h2>
        <IconButton label={t('batches.close')} onClick={close}>
          <IconX size={16} />
        </IconButton>
      </header>
      <div className={classes['body']}>
        {shown.length === 0 && hasPast && (
          <p className={classes['note']}>{t('batches.emptyTitle')}</p>
        )}
        {shown.length === 0 && !hasPast && (
          <EmptyState
            icon={<IconTrash size={24} />}
            title={t('batches.emptyTitle')}
            text={t('batches.emptyText')}
          />
        )}
        {shown.length > 0 && (
          <ul className={classes['list']}>
            {shown.map((batch) => (
              <li key={batch.id}>
                <BatchCard batch={batch} />
              </li>
            ))}
          </ul>
        )}
        <Past />
      </div>
    </section>
  )
}
