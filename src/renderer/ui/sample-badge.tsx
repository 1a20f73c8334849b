import classes from './sample-badge.module.css'

export const SampleBadge = ({ label }: { readonly label: string }) => (
  <span className={classes['badge']}>{label}</span>
)
