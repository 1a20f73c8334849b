import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { isDialogOpen, isTyping } from './keyboard.ts'
import classes from './search-field.module.css'
import { goToResults } from './skip-link.tsx'

interface Props {
  readonly label: string
  readonly hint: string
  readonly value: string
  /** Called with every letter: who listens lets letters that come faster than answers share one. */
  readonly onChange: (value: string) => void
  /** Opens the first of what was found; without it, Enter goes to the results as the arrow does. */
  readonly onOpenFirst?: () => Promise<void>
  /** Called before anything is typed. */
  readonly onFocus?: () => void
}

export const SearchField = ({ label, hint, value, onChange, onOpenFirst, onFocus }: Props) => {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => setText(value), [value])
  useEffect(() => {
    const focusOnSlash = (event: globalThis.KeyboardEvent) => {
      const isSlash = event.key === '/' || (event.key === 'f' && (event.ctrlKey || event.metaKey))
      if (!isSlash || isTyping(event) || isDialogOpen()) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    window.addEventListener('keydown', focusOnSlash)
    return () => window.removeEventListener('keydown', focusOnSlash)
  }, [])

  const change = (next: string) => {
    setText(next)
    onChange(next.slice(0, 200))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' && goToResults()) event.preventDefault()
    if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault()
      if (onOpenFirst === undefined) goToResults()
      else void onOpenFirst().then(goToResults)
    }
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (text === '') event.currentTarget.blur()
    else change('')
  }

  return (
    <div className={classes['field']}>
      <IconSearch size={15} aria-hidden="true" className={classes['icon']} />
      <input
        ref={input}
        type="search"
        className={classes['input']}
        aria-label={label}
        placeholder={hint}
        value={text}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={() => onFocus?.()}
      />
      {text === '' && <kbd className={classes['key']}>/</kbd>}
    </div>
  )
}
