import { mostSteps } from '../../shared/catalogue/limits.ts'
import { countOf, number } from './time-words.ts'

/** How much is selected, and that it is not all where no more can be. */
export const selectedText = (count: number, kind: string, total: number): string =>
  count >= mostSteps && total > count
    ? `${countOf(count, kind)} selected, the most at a time. ${number(total - count)} more in the list are not.`
    : `${countOf(count, kind)} selected`

/** The button takes as many as can be. */
export const selectAllText = (total: number): string =>
  total > mostSteps ? `Select the first ${number(mostSteps)}` : `Select all ${number(total)}`
