import type { ComponentProps, ReactNode } from 'react'
import classes from './icon-button.module.css'

type Props = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  readonly label: string
  readonly children: ReactNode
}

export const IconButton = ({ label, children, className, ...rest }: Props) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className={`${classes['button']} ${className ?? ''}`}
    {...rest}
  >
    {children}
  </button>
)
