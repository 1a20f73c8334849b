import { type AccountColor, accountColors } from '../../../shared/catalogue/account-colors.ts'
import { t } from '../../../shared/messages/messages.ts'
import classes from './color-picker.module.css'

interface Props {
  readonly value: AccountColor
  readonly onChange: (color: AccountColor) => void
}

export const ColorPicker = ({ value, onChange }: Props) => (
  <fieldset className={classes['picker']}>
    <legend className={classes['legend']}>{t('accountForm.color')}</legend>
    {accountColors.map((color) => (
      <label key={color} className={classes['choice']} title={t(`accountForm.colors.${color}`)}>
        <input
          type="radio"
          name="account-color"
          className={classes['radio']}
          checked={value === color}
          aria-label={t(`accountForm.colors.${color}`)}
          onChange={() => onChange(color)}
        />
        <span className={classes['swatch']} data-account-color={color} />
      </label>
    ))}
  </fieldset>
)
