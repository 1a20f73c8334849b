import type { UpdateStatus } from '../../shared/domain/update.ts'
import { currentLocale, t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import type { NoticeWords } from './notice-words.ts'

const percentText = (share: number): string =>
  new Intl.NumberFormat(currentLocale(), { style: 'percent' }).format(Math.floor(share * 100) / 100)

/** How the app stands against the newest release, in a sentence or two. */
export const updateText = ({ way, stand }: UpdateStatus): string => {
  if (way === 'none') return t('updates.none')
  switch (stand.state) {
    case 'unknown':
    case 'checking':
    case 'current':
      return t(`updates.stand.${stand.state}`)
    case 'found':
    case 'ready':
      return t(`updates.stand.${stand.state}`, { version: stand.version })
    case 'downloading':
      return t('updates.stand.downloading', {
        version: stand.version,
        percent: percentText(stand.share)
      })
    case 'failed':
      return `${t('updates.failed', { version: stand.version ?? 'none' })} ${t(`updates.trouble.${stand.trouble}`)}`
    default:
      return assertNever(stand)
  }
}

/** A version that waits for the person. */
export const updateNotice = (version: string, way: UpdateStatus['way']): NoticeWords => {
  const name = way === 'restart' ? 'readyNotice' : 'foundNotice'
  return {
    tone: 'good',
    title: t(`updates.${name}.title`, { version }),
    text: t(`updates.${name}.text`)
  }
}

export const updatedNotice = (version: string): NoticeWords => ({
  tone: 'good',
  title: t('updates.updatedNotice.title', { version }),
  text: t('updates.updatedNotice.text')
})
