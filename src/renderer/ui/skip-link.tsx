import { t } from '../../shared/messages/messages.ts'
import classes from './skip-link.module.css'

/** What a screen lists, marked by `data-results`: its tab stop, else its first button, else itself. */
const stopsIn = (results: HTMLElement): readonly (HTMLElement | null)[] => [
  results.querySelector<HTMLElement>('[data-key][tabindex="0"], [data-record][tabindex="0"]'),
  results.querySelector<HTMLElement>('button:enabled, input:enabled, [tabindex="0"]'),
  results
]

/** Puts the keyboard on what the screen lists. Answers whether it lists anything. */
export const goToResults = (): boolean => {
  const results = document.querySelector<HTMLElement>('#content [data-results]')
  if (results === null) return false
  results.tabIndex = -1
  const [stop] = stopsIn(results).filter((place) => place !== null)
  stop?.focus()
  return true
}

const goToContent = (): void => document.getElementById('content')?.focus()

interface Props {
  readonly to: 'content' | 'results'
}

/** Seen only while it has the focus; passes over everything that stands before what one came for. */
export const SkipLink = ({ to }: Props) => (
  <button
    type="button"
    className={classes['skip']}
    onClick={() => {
      if (to === 'content' || !goToResults()) goToContent()
    }}
  >
    {to === 'content' ? t('nav.skip') : t('nav.skipToResults')}
  </button>
)
