import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { isDialogOpen, isTyping } from './keyboard.ts'
import classes from './search-field.module.css'
import { goToResults } from './skip-link.tsx'

interface Props {
  readonly label: string
  readonly hint: string
  readonly value: string
  /** Called with every letter: who listens lets letters that come faster than answers share one. */
  readonly onChange: (value: string) => void
}

export const SearchField = ({ label, hint, value, onChange }: Props) => {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => setText(value), [value])
  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
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

  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={hint}
      value={text}
      maxLength={200}
      spellCheck={false}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={text === '' ? <kbd className={classes['key']}>/</kbd> : null}
      rightSectionPointerEvents="none"
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' && goToResults()) event.preventDefault()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (text === '') event.currentTarget.blur()
        else change('')
      }}
    />
  )
}
