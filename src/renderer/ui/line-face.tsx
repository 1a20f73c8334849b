import type { HistoryLine } from '../../shared/domain/history.ts'
import { lineSubject } from '../text/line-words.ts'
import classes from './line-face.module.css'
import { Poster } from './poster.tsx'

/** Of what was deleted or is not listed any more, the picture is dimmed; of what is no thing, there is none. */
export const LineFace = ({ line }: { readonly line: HistoryLine }) => (
  <span className={classes['face']} data-gone={line.presence === 'gone'}>
    {line.head.assetKind !== null && (
      <Poster
        key={line.posterId}
        posterId={line.posterId}
        name={lineSubject(line)}
        isDimmed={line.presence === 'gone'}
        isSmall
      />
    )}
  </span>
)
