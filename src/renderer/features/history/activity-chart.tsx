import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { HistoryBar, HistoryChart } from '../../../shared/domain/history.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { barText, barTime } from '../../text/chart-words.ts'
import { useNow } from '../../ui/use-now.ts'
import classes from './activity-chart.module.css'

/** Counted anew when something new is in the timeline, or it is narrowed in another way. */
const useChart = (): HistoryChart | null => {
  const filter = useApp((state) => state.historyFilter)
  const newest = useApp(({ history }) =>
    history.kind === 'ready' ? history.value.lines[0]?.head.seq : undefined
  )
  const load = useApp((state) => state.loadHistoryChart)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is counted anew for
  useEffect(() => void load(), [load, filter, newest])
  return useApp((state) => state.historyChart)
}

/** Bars from the one that was pressed first to the one that was reached, in either direction. */
interface Reach {
  readonly from: number
  readonly to: number
}

const isWithin = (reach: Reach | null, index: number): boolean =>
  reach !== null &&
  index >= Math.min(reach.from, reach.to) &&
  index <= Math.max(reach.from, reach.to)

const share = (part: number, most: number): string => `${(part / most) * 100}%`

interface BarProps {
  readonly bar: HistoryBar
  readonly label: string
  readonly most: number
  readonly index: number
  readonly isTabStop: boolean
  readonly isWithin: boolean
  readonly onFocus: () => void
  readonly onChoose: () => void
}

const Bar = ({ bar, label, most, index, isTabStop, isWithin, onFocus, onChoose }: BarProps) => (
  <button
    type="button"
    className={classes['bar']}
    aria-label={label}
    aria-pressed={isWithin}
    data-bar={index}
    tabIndex={isTabStop ? 0 : -1}
    onFocus={onFocus}
    // A pointer chooses by where it is let go of; a press without one is the keyboard's, or assistive technology's.
    onClick={({ detail }) => detail === 0 && onChoose()}
  >
    <span className={classes['column']} style={{ height: share(bar.count, most) }}>
      <span className={classes['failed']} style={{ flexGrow: bar.failed }} />
      <span className={classes['elsewhere']} style={{ flexGrow: bar.elsewhere }} />
      <span
        className={classes['rest']}
        style={{ flexGrow: Math.max(0, bar.count - bar.failed - bar.elsewhere) }}
      />
    </span>
  </button>
)

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

const barsIn = (group: HTMLElement): readonly HTMLElement[] => [
  ...group.querySelectorAll<HTMLElement>('[data-bar]')
]

const indexOf = (target: EventTarget): number =>
  Number((target as HTMLElement).closest<HTMLElement>('[data-bar]')?.dataset['bar'] ?? -1)

/** The bar under a pointer, or the nearest to it. */
const barAt = (group: HTMLElement, x: number): number => {
  const boxes = barsIn(group).map((bar) => bar.getBoundingClientRect())
  const after = boxes.findIndex(({ right }) => x < right)
  return after < 0 ? boxes.length - 1 : after
}

interface EdgeProps {
  readonly unit: HistoryChart['unit']
  readonly bar: HistoryBar | undefined
}

/** What the first and the last bar stand for. */
const Edge = ({ unit, bar }: EdgeProps) => {
  const nowMs = useNow()
  return bar === undefined ? null : <time dateTime={bar.fromAt}>{barTime(unit, bar, nowMs)}</time>
}

const Bars = ({ chart }: { readonly chart: HistoryChart }) => {
  const { unit, bars } = chart
  const nowMs = useNow()
  const change = useApp((state) => state.changeHistoryFilter)
  const [reach, setReach] = useState<Reach | null>(null)
  const [shown, setShown] = useState<number | null>(null)
  const [lastFocused, setLastFocused] = useState(bars.length - 1)
  const isDragging = useRef(false)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const tabStop = Math.min(lastFocused, bars.length - 1)

  const choose = ({ from, to }: Reach) => {
    const first = bars[Math.min(from, to)]
    const last = bars[Math.max(from, to)]
    setReach(null)
    if (first === undefined || last === undefined) return
    change({ fromAt: first.fromAt, untilAt: last.untilAt, lastDays: null })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = indexOf(event.target)
    if (event.key === 'Escape' && reach !== null) {
      event.preventDefault()
      setReach(null)
      return
    }
    const step = steps[event.key]
    const to = { Home: 0, End: bars.length - 1 }[event.key] ?? (step === undefined ? -1 : at + step)
    if (at < 0 || to < 0 || to >= bars.length) return
    event.preventDefault()
    setReach(event.shiftKey ? { from: reach?.from ?? at, to } : null)
    barsIn(event.currentTarget)[to]?.focus()
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    isDragging.current = true
    const at = barAt(event.currentTarget, event.clientX)
    setReach({ from: at, to: at })
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const at = barAt(event.currentTarget, event.clientX)
    setShown(at)
    if (isDragging.current && reach !== null) setReach({ ...reach, to: at })
  }

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (!isDragging.current || reach === null) return
    isDragging.current = false
    choose({ ...reach, to: barAt(event.currentTarget, event.clientX) })
  }

  const told = bars[shown ?? -1]
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: bars are no fields of a form */}
      <div
        role="group"
        aria-label={t('history.chart.label')}
        aria-description={t('history.chart.keys')}
        className={classes['bars']}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => setShown(null)}
        onPointerCancel={() => {
          isDragging.current = false
          setReach(null)
        }}
        onBlur={() => setShown(null)}
      >
        {bars.map((bar, index) => (
          <Bar
            key={bar.fromAt}
            bar={bar}
            label={barText(chart, bar, nowMs)}
            most={most}
            index={index}
            isTabStop={index === tabStop}
            isWithin={isWithin(reach, index)}
            onFocus={() => {
              setLastFocused(index)
              setShown(index)
            }}
            onChoose={() => choose(reach ?? { from: index, to: index })}
          />
        ))}
      </div>
      <div className={classes['foot']} aria-hidden="true">
        <Edge unit={unit} bar={bars[0]} />
        <span className={classes['told']} data-told={told !== undefined}>
          {told === undefined ? (
            <>
              <span className={classes['failed']} />
              {t('history.filter.outcomes.bad')}
              <span className={classes['elsewhere']} />
              {t('history.filter.sides.elsewhere')}
            </>
          ) : (
            barText(chart, told, nowMs)
          )}
        </span>
        <Edge unit={unit} bar={bars.at(-1)} />
      </div>
    </>
  )
}

/** How much there was in the timeline over time; dragging over it, or Shift with the arrow keys, chooses a range. */
export const ActivityChart = () => {
  const chart = useChart()
  return chart === null || chart.bars.length === 0 ? null : <Bars chart={chart} />
}
