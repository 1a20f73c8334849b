import { t } from '../../shared/messages/messages.ts'

export interface OverlayWords {
  readonly title: string
  readonly text: string
}

interface Dragged {
  readonly kind: 'links' | 'files' | 'videos'
  readonly files: number
  /** Whether a name of a model would be taken, too. */
  readonly takesModels: boolean
  /** Who trains replicas. */
  readonly who: string
}

/** What would happen if what is dragged over the window were let go. */
export const overlayWords = ({ kind, files, takesModels, who }: Dragged): OverlayWords => {
  switch (kind) {
    case 'links':
      return takesModels
        ? { title: t('drop.models.title'), text: t('drop.models.text') }
        : { title: t('drop.links.title'), text: t('drop.text', { who }) }
    case 'files':
      return { title: t('drop.files.title', { count: files }), text: t('drop.text', { who }) }
    case 'videos':
      return { title: t('drop.videos.title', { count: files }), text: t('drop.videos.text') }
  }
}
