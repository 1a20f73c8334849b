import type { ReactNode, RefObject } from 'react'
import classes from './settings-screen.module.css'

/** A group of settings with its heading. */
export const Section = ({
  title,
  headingRef,
  children
}: {
  readonly title: string
  /** For what leads to it and takes the focus there. */
  readonly headingRef?: RefObject<HTMLHeadingElement | null>
  readonly children: ReactNode
}) => (
  <section className={classes['section']}>
    <h2 ref={headingRef} tabIndex={-1} className={classes['heading']}>
      {title}
    </h2>
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
