import classes from './key-caps.module.css'

/** Keys as they are printed on the keyboard. */
export const KeyCaps = ({ caps }: { readonly caps: readonly string[] }) => (
  <span className={classes['caps']}>
    {caps.map((cap) => (
      <kbd key={cap} className={classes['cap']}>
        {cap}
      </kbd>
    ))}
  </span>
)
