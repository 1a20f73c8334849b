import { Button } from '@mantine/core'
import { useState } from 'react'
import { useShallow } from 'zustand/shallow'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import { t } from '../../../shared/messages/messages.ts'
import { mostChosen } from '../../state/library-choice.ts'
import { useApp } from '../../state/use-app.ts'
import { selectAllText, selectedText } from '../../text/choice-words.ts'
import { countOfKind } from '../../text/kind-words.ts'
import classes from './selection-bar.module.css'

/** So many are easily ticked with one key, so their deletion is asked for a second time. */
const manyAreAskedFor = 20

export const SelectionBar = () => {
  const count = useApp((state) => state.chosen.size)
  return count === 0 ? null : <Bar key={count} count={count} />
}

const Bar = ({ count }: { readonly count: number }) => {
  const kind = useApp((state) => state.filter.kind)
  const total = useApp((state) =>
    state.library.kind === 'ready' ? state.library.value.total : count
  )
  const chooseAll = useApp((state) => state.chooseAll)
  const clearChosen = useApp((state) => state.clearChosen)
  const deleteChosen = useApp((state) => state.deleteChosen)
  const openPermanentMany = useApp((state) => state.openPermanentMany)
  const openAssign = useApp((state) => state.openAssign)
  const pin = useApp((state) => state.pin)
  const isHeld = useApp((state) => state.settings.holdSeconds > 0)
  const refs = useApp(useShallow((state) => [...state.chosen.values()]))
  const hasSoft = refs.every(({ kind }) => kinds[kind].hasSoftDelete)
  // What is held can be undone, so only what would be sent at once is asked for twice.
  const [isSure, setIsSure] = useState(isHeld || count <= manyAreAskedFor)
  const [isAsked, setIsAsked] = useState(false)
  return (
    <section className={classes['bar']} aria-label={t('library.selection')} data-foot>
      <span role="status" className={classes['count']}>
        {selectedText(count, kind, total)}
      </span>
      {Math.min(total, mostChosen) > count && (
        <Button size="xs" variant="subtle" onClick={() => void chooseAll()}>
          {selectAllText(total)}
        </Button>
      )}
      <span className={classes['actions']}>
        <Button size="xs" onClick={() => openAssign(refs)}>
          {t('people.action')}
        </Button>
        <Button size="xs" onClick={() => void pin(refs, true)}>
          {t('library.actions.pin')}
        </Button>
        <Button size="xs" onClick={() => void pin(refs, false)}>
          {t('library.actions.unpin')}
        </Button>
        {hasSoft && (
          <Button
            size="xs"
            onClick={() => {
              if (isSure) void deleteChosen()
              else {
                setIsSure(true)
                setIsAsked(true)
              }
            }}
          >
            {isAsked
              ? t('library.deleteCount', { items: countOfKind(count, kind) })
              : t('library.deleteSelected')}
          </Button>
        )}
        <Button
          size="xs"
          className={classes['forGood'] ?? ''}
          onClick={() => void openPermanentMany(refs)}
        >
          {t('library.deleteSelectedForGood')}
        </Button>
        <Button size="xs" onClick={clearChosen}>
          {t('library.clearSelection')}
        </Button>
      </span>
    </section>
  )
}
