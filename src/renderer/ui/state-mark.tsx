import type { StateTone } from '../text/asset-words.ts'
import { Glyph, type GlyphName } from './glyph.tsx'
import classes from './state-mark.module.css'

const glyphs: Readonly<Record<StateTone, GlyphName>> = {
  good: 'check',
  busy: 'progress',
  warn: 'warning',
  bad: 'cross',
  quiet: 'info'
}

interface Props {
  readonly tone: StateTone
  readonly text: string
  /** How many lines the text may take. What does not fit is shown when the pointer rests on it. */
  readonly lines?: 'one' | 'two' | 'any'
}

/** Never colour alone: a sign and a word. */
export const StateMark = ({ tone, text, lines = 'one' }: Props) => (
  <span className={classes['mark']} data-tone={tone} data-lines={lines}>
    <Glyph name={glyphs[tone]} size={14} className={classes['icon']} />
    <span className={classes['text']} title={lines === 'any' ? undefined : text}>
      {text}
    </span>
  </span>
)
