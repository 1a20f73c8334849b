import { assertNever } from '../../shared/result.ts'
import { countOf } from './time-words.ts'

export interface OverlayWords {
  readonly title: string
  readonly text: string
}

const nothingSent = 'One draft for each link. Nothing is sent to Tavus yet.'

/** What would happen if what is dragged over the window were let go. */
export const overlayWords = (kind: 'links' | 'files' | 'videos', files: number): OverlayWords => {
  switch (kind) {
    case 'links':
      return { title: 'Drop to draft new replicas', text: nothingSent }
    case 'files':
      return {
        title: `Drop to read the links of ${files === 0 ? 'the files' : countOf(files, 'file')}`,
        text: nothingSent
      }
    case 'videos':
      return {
        title: 'Videos themselves cannot be sent',
        text: 'Tavus fetches them. Drop a link to the video instead.'
      }
    default:
      return assertNever(kind)
  }
}
