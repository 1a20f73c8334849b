import classes from './person-text.module.css'

/** Text that a person chose: any length, any script, kept from disturbing what stands around it. */
export const PersonText = ({ text }: { readonly text: string }) => (
  <bdi dir="auto" className={classes['text']} title={text}>
    {text}
  </bdi>
)
