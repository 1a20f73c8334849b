import { useCallback, useEffect, useRef, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './teleprompter.module.css'

/** Words a minute; people read aloud at about 130. */
const paces = { slowest: 60, usual: 110, fastest: 220, step: 10 } as const

/** Pixels a second at which the text passes if it is read at this pace. */
const speedOf = (text: HTMLElement, wordsPerMinute: number): number => {
  const words = text.textContent.trim().split(/\s+/).length
  const readable = text.scrollHeight - Number.parseFloat(getComputedStyle(text).paddingTop)
  return (readable / words) * (wordsPerMinute / 60)
}

/** Moves the text up while it runs; it stops by itself once the last line has passed. */
const useScroll = (pace: number) => {
  const text = useRef<HTMLDivElement>(null)
  const at = useRef(0)
  const [isRunning, setIsRunning] = useState(false)
  const place = useCallback((pixels: number) => {
    at.current = pixels
    if (text.current !== null) text.current.style.transform = `translateY(${-pixels}px)`
  }, [])
  useEffect(() => {
    const element = text.current
    if (!isRunning || element === null) return
    const speed = speedOf(element, pace)
    let last = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      place(at.current + (speed * (now - last)) / 1_000)
      last = now
      if (at.current >= element.scrollHeight) setIsRunning(false)
      else frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [isRunning, pace, place])
  const toggle = useCallback(() => {
    if (text.current !== null && at.current >= text.current.scrollHeight) place(0)
    setIsRunning((now) => !now)
  }, [place])
  const restart = useCallback(() => {
    setIsRunning(false)
    place(0)
  }, [place])
  return { text, isRunning, toggle, restart }
}

interface Props {
  readonly statement: string
  readonly onClose: () => void
}

/** The statement, large, to be read aloud before a camera. Space starts and pauses, Escape closes. */
export const Teleprompter = ({ statement, onClose }: Props) => {
  useFocusReturn()
  const [pace, setPace] = useState<number>(paces.usual)
  const [isMirrored, setIsMirrored] = useState(false)
  const { text, isRunning, toggle, restart } = useScroll(pace)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className={classes['screen']}
      aria-label={t('creation.teleprompter')}
      data-passing
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          onClose()
        }
        // A button does with Space what it is for.
        if (event.key !== ' ' || event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        toggle()
      }}
    >
      <div className={classes['stage']} data-mirrored={isMirrored ? '' : undefined}>
        <div ref={text} className={classes['text']} lang="en" dir="ltr">
          {statement}
        </div>
      </div>
      <div className={classes['bar']}>
        <button
          type="button"
          className={classes['button']}
          // biome-ignore lint/a11y/noAutofocus: what Space is for, in a dialog that shows nothing else
          autoFocus
          onClick={toggle}
        >
          {isRunning ? t('creation.prompter.pause') : t('creation.prompter.start')}
        </button>
        <button type="button" className={classes['button']} onClick={restart}>
          {t('creation.prompter.restart')}
        </button>
        <label>
          {t('creation.prompter.pace')}
          <input
            type="range"
            min={paces.slowest}
            max={paces.fastest}
            step={paces.step}
            value={pace}
            aria-valuetext={t('creation.prompter.wordsPerMinute', { words: pace })}
            onChange={(event) => setPace(event.currentTarget.valueAsNumber)}
          />
          <span aria-hidden="true">{t('creation.prompter.wordsPerMinute', { words: pace })}</span>
        </label>
        <button
          type="button"
          className={classes['button']}
          aria-pressed={isMirrored}
          onClick={() => setIsMirrored((now) => !now)}
        >
          {t('creation.prompter.mirror')}
        </button>
        <span className={classes['hint']}>{t('creation.prompter.keys')}</span>
        <button type="button" className={classes['button']} onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
    </dialog>
  )
}
