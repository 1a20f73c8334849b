import { IconTrash } from '@tabler/icons-react'
import { t } from '../../shared/messages/messages.ts'
import { openBatches } from '../state/batches.ts'
import { useApp } from '../state/use-app.ts'
import { number } from '../text/time-words.ts'
import classes from './side-bar.module.css'

/** Opens what is held, under way or ended, from anywhere; the number is what is not ended. */
export const DeletionsButton = () => {
  const open = useApp((state) => openBatches(state.batches).length)
  const isOpen = useApp((state) => state.isDeletionsOpen)
  const openDeletions = useApp((state) => state.openDeletions)
  const closeDeletions = useApp((state) => state.closeDeletions)
  const howMany = t('batches.openCount', { count: open })
  return (
    <button
      type="button"
      className={classes['status']}
      aria-label={t('batches.open')}
      aria-description={howMany}
      aria-expanded={isOpen}
      title={howMany}
      onClick={isOpen ? closeDeletions : openDeletions}
    >
      <IconTrash size={18} aria-hidden="true" />
      <span className={classes['linkLabel']}>{t('batches.title')}</span>
      {open > 0 && (
        <span className={classes['badge']} aria-hidden="true">
          {number(open)}
        </span>
      )}
    </button>
  )
}
