import classes from './filter-chips.module.css'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

interface Props<T extends string> {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

export const FilterChips = <T extends string>({ label, choices, value, onChange }: Props<T>) => (
  <fieldset className={classes['group']} aria-label={label}>
    {choices.map((choice) => (
      <button
        key={choice.value}
        type="button"
        className={classes['chip']}
        aria-pressed={choice.value === value}
        onClick={() => onChange(choice.value)}
      >
        {choice.label}
      </button>
    ))}
  </fieldset>
)
