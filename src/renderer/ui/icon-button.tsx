import type { ComponentProps, ReactNode } from 'react'
import classes from './icon-button.module.css'

type Props = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  readonly label: string
  /** Why it cannot be used now; it stays reachable, so that the reason can be read. */
  readonly blockedBecause?: string | null
  readonly children: ReactNode
}

export const IconButton = ({
  label,
  blockedBecause = null,
  children,
  className,
  onClick,
  ...rest
}: Props) => (
  <button
    type="button"
    aria-label={label}
    title={blockedBecause ?? label}
    className={`${classes['button']} ${className ?? ''}`}
    {...(blockedBecause === null
      ? {}
      : { 'aria-disabled': true, 'aria-description': blockedBecause })}
    onClick={(event) => (blockedBecause === null ? onClick?.(event) : event.stopPropagation())}
    {...rest}
  >
    {children}
  </button>
)
