import type { ReactNode } from 'react'
import classes from './fact-list.module.css'

export interface FactRow {
  readonly name: string
  readonly value: ReactNode
}

export const FactList = ({ rows }: { readonly rows: readonly FactRow[] }) => (
  <dl className={classes['list']}>
    {rows.map((row) => (
      <div key={row.name} className={classes['row']}>
        <dt className={classes['name']}>{row.name}</dt>
        <dd className={classes['value']}>{row.value}</dd>
      </div>
    ))}
  </dl>
)
