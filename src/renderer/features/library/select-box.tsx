import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assetName } from '../../text/asset-words.ts'
import classes from './select-box.module.css'

interface Props {
  readonly asset: Asset
  readonly isChosen: boolean
  readonly isReachable: boolean
  /** `isRange`: the Shift key was held. */
  readonly onChoose: (isRange: boolean) => void
}

const isWithShift = (event: Event): boolean => 'shiftKey' in event && event.shiftKey === true

export const SelectBox = ({ asset, isChosen, isReachable, onChoose }: Props) => (
  <input
    type="checkbox"
    className={classes['box']}
    data-part="tick"
    aria-label={t('library.select', { name: assetName(asset) })}
    checked={isChosen}
    tabIndex={isReachable ? 0 : -1}
    onClick={(event) => event.stopPropagation()}
    onChange={(event) => onChoose(isWithShift(event.nativeEvent))}
  />
)
