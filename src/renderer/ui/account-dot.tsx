import type { AccountColor } from '../../shared/catalogue/account-colors.ts'
import classes from './account-dot.module.css'

export const AccountDot = ({ color }: { readonly color: AccountColor }) => (
  <span className={classes['dot']} data-account-color={color} aria-hidden="true" />
)
