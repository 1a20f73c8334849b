import { type ReactNode, useEffect, useRef } from 'react'
import { focusBehind, isFocusFree } from './focus-return.ts'
import classes from './page.module.css'
import { SkipLink } from './skip-link.tsx'

interface Props {
  readonly title: string
  /** The way back, where the screen is part of another. */
  readonly back?: ReactNode
  /** A quiet mark behind the title. */
  readonly badge?: ReactNode
  readonly search?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One screen: its name, its search, its actions with the primary one last, and what it is about. */
export const Page = ({ title, back, badge, search, actions, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // After going somewhere, a screen reader starts there. Not at the start of the app, nor out of a field.
    const isLost = isFocusFree() && focusBehind() !== null
    if (isLost || document.activeElement?.closest('nav') !== null) heading.current?.focus()
  }, [])
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        {back}
        <h1 ref={heading} tabIndex={-1} className={classes['title']}>
          {title}
        </h1>
        {badge}
        <div className={classes['search']}>{search}</div>
        {search !== undefined && <SkipLink to="results" />}
        <div className={classes['actions']}>{actions}</div>
      </header>
      {children}
    </div>
  )
}
