import type { ReactNode } from 'react'
import classes from './settings-screen.module.css'

/** A group of settings with its heading. */
export const Section = ({
  title,
  children
}: {
  readonly title: string
  readonly children: ReactNode
}) => (
  <section className={classes['section']}>
    <h2 className={classes['heading']}>{title}</h2>
    {children}
  </section>
)

/** A setting: what it is, what it means, and how it is chosen. */
export const Row = ({
  label,
  hint,
  children
}: {
  readonly label: string
  readonly hint?: string
  readonly children: ReactNode
}) => (
  <div className={classes['setting']}>
    <div>
      <p>{label}</p>
      {hint !== undefined && <p className={classes['dim']}>{hint}</p>}
    </div>
    <div className={classes['control']}>{children}</div>
  </div>
)
