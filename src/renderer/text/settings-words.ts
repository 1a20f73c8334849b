import { countOf, number } from './time-words.ts'

/** "30 seconds", "1 minute", "90 seconds". */
export const secondsText = (seconds: number): string =>
  seconds % 60 === 0 ? countOf(seconds / 60, 'minute') : countOf(seconds, 'second')

/** "200 MB", "1.5 GB". */
export const megabytesText = (megabytes: number): string =>
  megabytes < 1000 ? `${number(megabytes)} MB` : `${number(megabytes / 1000)} GB`

/** "10 seconds", or that it is off. */
export const holdText = (seconds: number): string => (seconds === 0 ? 'Off' : secondsText(seconds))
