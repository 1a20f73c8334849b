import { IconChevronDown } from '@tabler/icons-react'
import classes from './pill-select.module.css'

interface Props {
  readonly label: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** A chip that unfolds what there is no room for. */
export const PillToggle = ({ label, isOpen, onToggle }: Props) => (
  <span className={classes['pill']}>
    <button
      type="button"
      aria-expanded={isOpen}
      data-on={isOpen}
      className={classes['select']}
      onClick={onToggle}
    >
      {label}
    </button>
    <IconChevronDown size={13} aria-hidden="true" className={classes['arrow']} />
  </span>
)
