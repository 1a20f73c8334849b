import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import classes from './side-pane.module.css'

interface Props {
  readonly label: string
  readonly closeLabel: string
  /** The `data-key` of the row that it is about: there the keyboard is when it closes. */
  readonly owner: string
  readonly onClose: () => void
  readonly footer?: ReactNode
  readonly children: ReactNode
}

export const SidePane = ({ label, closeLabel, owner, onClose, footer, children }: Props) => (
  <aside className={classes['pane']} aria-label={label} data-owner={owner}>
    <div className={classes['close']}>
      <IconButton label={closeLabel} onClick={onClose}>
        <IconX size={16} />
      </IconButton>
    </div>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
    <section className={classes['body']} tabIndex={0} aria-label={label}>
      {children}
    </section>
    {footer !== undefined && <footer className={classes['footer']}>{footer}</footer>}
  </aside>
)
