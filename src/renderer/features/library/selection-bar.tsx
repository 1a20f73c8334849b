import { Button } from '@mantine/core'
import { useState } from 'react'
import { mostChosen } from '../../state/library-choice.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { countOf, number } from '../../text/time-words.ts'
import { words } from '../../text/words.ts'
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
  const isOffline = useApp((state) =>
    [...state.chosen.values()].some((ref) => isOutOfReach(state.sync, ref.accountId))
  )
  const chooseAll = useApp((state) => state.chooseAll)
  const clearChosen = useApp((state) => state.clearChosen)
  const deleteChosen = useApp((state) => state.deleteChosen)
  const [isSure, setIsSure] = useState(count <= manyAreAskedFor)
  const [isAsked, setIsAsked] = useState(false)
  const { library } = words
  const all = Math.min(total, mostChosen)
  return (
    <section className={classes['bar']} aria-label={library.selection}>
      <span role="status" className={classes['count']}>
        {countOf(count, kind)} selected
      </span>
      {all > count && (
        <Button size="xs" variant="subtle" onClick={() => void chooseAll()}>
          {library.selectAll} {number(all)}
        </Button>
      )}
      <span className={classes['actions']}>
        <Button
          size="xs"
          disabled={isOffline}
          title={isOffline ? library.offlineReason : undefined}
          onClick={() => {
            if (isSure) void deleteChosen()
            else {
              setIsSure(true)
              setIsAsked(true)
            }
          }}
        >
          {isAsked ? `${library.deleteSelected} ${countOf(count, kind)}` : library.deleteSelected}
        </Button>
        <Button size="xs" onClick={clearChosen}>
          {library.clearSelection}
        </Button>
      </span>
    </section>
  )
}
