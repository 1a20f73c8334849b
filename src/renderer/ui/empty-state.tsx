import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

interface Props {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

/** One sentence, one action. */
export const EmptyState = ({ icon, title, text, children }: Props) => (
  <div className={classes['state']} data-results>
    <div className={classes['icon']} aria-hidden="true">
      {icon}
    </div>
    <h2 className={classes['title']}>{title}</h2>
    <p className={classes['text']}>{text}</p>
    {children !== undefined && <div className={classes['actions']}>{children}</div>}
  </div>
)
