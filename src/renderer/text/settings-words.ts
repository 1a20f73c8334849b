import { currentLocale, t } from '../../shared/messages/messages.ts'
import { secondsWords } from './time-words.ts'

/** "200 MB", "1.5 GB". */
export const megabytesText = (megabytes: number): string => {
  const isLarge = megabytes >= 1000
  const unit = isLarge ? 'gigabyte' : 'megabyte'
  return new Intl.NumberFormat(currentLocale(), { style: 'unit', unit }).format(
    isLarge ? megabytes / 1000 : megabytes
  )
}

/** "10 seconds", or that it is off. */
export const holdText = (seconds: number): string =>
  seconds === 0 ? t('settings.off') : secondsWords(seconds)
