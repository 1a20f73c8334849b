import { Button } from '@mantine/core'
import { IconClockPause } from '@tabler/icons-react'
import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { commands, keyCaps } from '../../../shared/commands.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import { t } from '../../../shared/messages/messages.ts'
import { holdLeftMs, isUndoable, needsToast, newestUndoable } from '../../state/batches.ts'
import { useApp } from '../../state/use-app.ts'
import { holdSpoken, holdText, stillHoldText } from '../../text/batch-words.ts'
import { secondsShort } from '../../text/time-words.ts'
import { goBehind } from '../../ui/focus-return.ts'
import { KeyCaps } from '../../ui/key-caps.tsx'
import { useSeconds } from '../../ui/use-seconds.ts'
import classes from './hold-host.module.css'
import { useBatchNames } from './use-batch-words.ts'

/** More of them are in the list of deletions. */
const mostShown = 3

const undoCaps = (isMac: boolean): readonly string[] => {
  const keys = commands['undo-deletion']
  return keys === null ? [] : keyCaps(keys, isMac)
}

const UndoButton = ({ batch, isNewest }: { readonly batch: Batch; readonly isNewest: boolean }) => {
  const undoBatch = useApp((state) => state.undoBatch)
  const isMac = useApp(({ boot }) => boot.kind === 'ready' && boot.value.platform === 'mac')
  return (
    <Button
      size="xs"
      aria-label={t('batches.undo')}
      {...(isNewest ? { 'aria-keyshortcuts': isMac ? 'Meta+Z' : 'Control+Z' } : {})}
      onClick={() => {
        void undoBatch(batch.id)
        // The button goes with what it takes back.
        goBehind()
      }}
    >
      {t('batches.undo')}
      {isNewest && (
        <span className={classes['caps']}>
          <KeyCaps caps={undoCaps(isMac)} />
        </span>
      )}
    </Button>
  )
}

/** No hold is longer, whatever a clock that was set makes of its end. */
const longestHoldMs = 60_000

const shownLeftMs = (batch: Batch): number =>
  Math.min(longestHoldMs, holdLeftMs(batch, Date.now()) ?? 0)

/** The bar empties by itself from where it stands; a stopped clock leaves it standing. */
const Clock = ({ batch, holdSeconds }: { readonly batch: Batch; readonly holdSeconds: number }) => {
  // Taken once: the animation itself counts on from there.
  const [leftMs] = useState(() => shownLeftMs(batch))
  const wholeMs = Math.max(holdSeconds * 1000, leftMs, 1)
  const isRunning = batch.heldUntilAt !== null
  return (
    <span className={classes['track']} aria-hidden="true">
      <span
        className={classes['clock']}
        data-running={isRunning}
        style={
          {
            '--rd-left': leftMs / wholeMs,
            '--rd-left-ms': `${Math.round(leftMs)}ms`
          } as CSSProperties
        }
      />
    </span>
  )
}

/** Counted from when the window was told, so that a clock that is set meanwhile changes nothing of it. */
const useHoldLeft = (batch: Batch): number => {
  const { heldUntilAt, holdLeftMs: pausedMs } = batch
  const elapsedMs = useSeconds(heldUntilAt !== null)
  const [told, setTold] = useState({ heldUntilAt, atMs: elapsedMs, leftMs: shownLeftMs(batch) })
  if (told.heldUntilAt !== heldUntilAt) {
    setTold({ heldUntilAt, atMs: performance.now(), leftMs: shownLeftMs(batch) })
  }
  if (heldUntilAt === null) return pausedMs ?? 0
  return Math.max(0, told.leftMs - Math.max(0, elapsedMs - told.atMs))
}

const Hold = ({ batch, isNewest }: { readonly batch: Batch; readonly isNewest: boolean }) => {
  const names = useBatchNames(batch)
  const { subject } = names
  const pauseBatch = useApp((state) => state.pauseBatch)
  const resumeBatch = useApp((state) => state.resumeBatch)
  const holdSeconds = useApp((state) => state.settings.holdSeconds)
  const isRunning = batch.heldUntilAt !== null
  const leftMs = useHoldLeft(batch)
  return (
    <section className={classes['toast']} aria-label={t('batches.hold')}>
      <span className={classes['text']}>
        {isRunning ? (
          <>
            <bdi>{holdText(subject)}</bdi>{' '}
            <strong className={classes['seconds']} aria-hidden="true">
              {secondsShort(leftMs)}
            </strong>
          </>
        ) : (
          <bdi>{stillHoldText(batch, names, true)}</bdi>
        )}
      </span>
      <span className={classes['buttons']}>
        {isRunning ? (
          <Button size="xs" onClick={() => void pauseBatch(batch.id)}>
            {t('batches.pause')}
          </Button>
        ) : (
          <Button size="xs" onClick={() => void resumeBatch(batch.id)}>
            {t('batches.resume')}
          </Button>
        )}
        <UndoButton batch={batch} isNewest={isNewest} />
      </span>
      <Clock key={batch.heldUntilAt ?? 'stopped'} batch={batch} holdSeconds={holdSeconds} />
    </section>
  )
}

/** Kept from the last run of the app: nothing happens until the person says so. */
const Kept = ({ batch, isNewest }: { readonly batch: Batch; readonly isNewest: boolean }) => {
  const names = useBatchNames(batch)
  const resumeBatch = useApp((state) => state.resumeBatch)
  const openDeletions = useApp((state) => state.openDeletions)
  const canUndo = isUndoable(batch)
  return (
    <section className={classes['toast']} aria-label={t('batches.hold')}>
      <IconClockPause size={18} aria-hidden="true" className={classes['sign']} />
      <span className={classes['text']}>
        <bdi>{stillHoldText(batch, names, canUndo)}</bdi>
      </span>
      <span className={classes['buttons']}>
        <Button size="xs" onClick={() => void resumeBatch(batch.id)}>
          {t('batches.resume')}
        </Button>
        {canUndo ? (
          <UndoButton batch={batch} isNewest={isNewest} />
        ) : (
          <Button size="xs" onClick={openDeletions}>
            {t('batches.show')}
          </Button>
        )}
      </span>
    </section>
  )
}

/** Says each hold when it begins and when it stops, in the words that are written; the seconds are for the eye alone. */
const Spoken = ({ batch }: { readonly batch: Batch }) => {
  const names = useBatchNames(batch)
  const [spoken, setSpoken] = useState('')
  const { id, waitsFor } = batch
  // biome-ignore lint/correctness/useExhaustiveDependencies: said when it begins and when it stops, not whenever its words change
  useEffect(() => {
    const leftMs = shownLeftMs(batch)
    setSpoken(stillHoldText(batch, names, isUndoable(batch)) ?? holdSpoken(names.subject, leftMs))
  }, [id, waitsFor])
  return (
    <p role="status" className={classes['spoken']}>
      {spoken}
    </p>
  )
}

/** What is held, below every screen, with Undo in reach until it is sent. */
export const HoldHost = () => {
  const batches = useApp((state) => state.batches)
  const held = useMemo(() => batches.filter(needsToast), [batches])
  const newest = newestUndoable(batches)
  const last = held.at(-1)
  if (last === undefined) return null
  return (
    <div className={classes['host']} data-passing>
      {held
        .slice(-mostShown)
        .reverse()
        .map((batch) =>
          batch.state === 'held' && batch.waitsFor !== 'restart' ? (
            <Hold key={batch.id} batch={batch} isNewest={batch.id === newest?.id} />
          ) : (
            <Kept key={batch.id} batch={batch} isNewest={batch.id === newest?.id} />
          )
        )}
      <Spoken batch={last} />
    </div>
  )
}
