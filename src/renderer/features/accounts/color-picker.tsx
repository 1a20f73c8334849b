import { type AccountColor, accountColors } from '../../../shared/catalogue/account-colors.ts'
import { words } from '../../text/words.ts'
import classes from './color-picker.module.css'

export const colorNames: Readonly<Record<AccountColor, string>> = words.accountForm.colors

interface Props {
  readonly value: AccountColor
  readonly onChange: (color: AccountColor) => void
}

export const ColorPicker = ({ value, onChange }: Props) => (
  <fieldset className={classes['picker']}>
    <legend className={classes['legend']}>{words.accountForm.color}</legend>
    {accountColors.map((color) => (
      <label key={color} className={classes['choice']} title={colorNames[color]}>
        <input
          type="radio"
          name="account-color"
          className={classes['radio']}
          checked={value === color}
          aria-label={colorNames[color]}
          onChange={() => onChange(color)}
        />
        <span className={classes['swatch']} data-account-color={color} />
      </label>
    ))}
  </fieldset>
)
