import { IconChevronDown } from '@tabler/icons-react'
import classes from './pill-select.module.css'

interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  /** True if it narrows what is shown. */
  readonly isOn?: boolean
  readonly onChange: (value: T) => void
}

/** The system's own list behind a chip: native to the keyboard, to touch and to screen readers. */
export const PillSelect = <T extends string>({
  label,
  value,
  choices,
  isOn = false,
  onChange
}: Props<T>) => (
  <span className={classes['pill']}>
    <select
      aria-label={label}
      data-on={isOn}
      className={classes['select']}
      value={value}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.currentTarget.value)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
    <IconChevronDown size={13} aria-hidden="true" className={classes['arrow']} />
  </span>
)
