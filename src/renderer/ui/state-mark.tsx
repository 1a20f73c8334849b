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
  /** True where the text may take several lines. */
  readonly canWrap?: boolean
}

/** Never colour alone: a sign and a word. */
export const StateMark = ({ tone, text, canWrap = false }: Props) => (
  <span className={classes['mark']} data-tone={tone} data-wrap={canWrap}>
    <Glyph name={glyphs[tone]} size={14} className={classes['icon']} />
    <span className={classes['text']} title={canWrap ? undefined : text}>
      {text}
    </span>
  </span>
)
