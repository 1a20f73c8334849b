import { useId } from 'react'
import classes from './filter-chips.module.css'
import { useOneStop } from './one-stop.ts'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
  /** How many there are, already written out. */
  readonly count?: string | null
}

interface Props<T extends string> {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  /** What is wrong with the choice. */
  readonly error?: string | null
}

export const FilterChips = <T extends string>({
  label,
  choices,
  value,
  onChange,
  error = null
}: Props<T>) => {
  const errorId = useId()
  const oneStop = useOneStop<HTMLFieldSetElement>()
  return (
    <fieldset
      {...oneStop}
      className={classes['group']}
      aria-label={label}
      data-invalid={error === null ? undefined : true}
      {...(error === null ? {} : { 'aria-describedby': errorId })}
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={classes['chip']}
          aria-label={choice.label}
          aria-pressed={choice.value === value}
          {...(error !== null && choice.value === value ? { 'aria-describedby': errorId } : {})}
          {...(typeof choice.count === 'string' ? { 'aria-description': choice.count } : {})}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
          {typeof choice.count === 'string' && (
            <span className={classes['count']} aria-hidden="true">
              {choice.count}
            </span>
          )}
        </button>
      ))}
      {error !== null && (
        <span id={errorId} className={classes['error']}>
          {error}
        </span>
      )}
    </fieldset>
  )
}
