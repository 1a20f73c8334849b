import classes from './filter-chips.module.css'
import { Glyph } from './glyph.tsx'
import { PersonText } from './person-text.tsx'

interface Props {
  readonly text: string
  /** What a press does, for those who cannot see the sign. */
  readonly label: string
  readonly onRemove: () => void
}

/** Something that narrows what is shown; a press lets go of it. */
export const RemovableChip = ({ text, label, onRemove }: Props) => (
  <button
    type="button"
    className={classes['removable']}
    aria-label={label}
    title={label}
    onClick={onRemove}
  >
    <span className={classes['removableText']}>
      <PersonText text={text} />
    </span>
    <Glyph name="cross" size={12} />
  </button>
)
