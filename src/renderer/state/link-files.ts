import type { RefusedFile } from './notice.ts'

/** Files that hold links and nothing else worth sending; main reads them. */
export const linkFileEndings = ['.url', '.webloc', '.txt', '.csv'] as const

/** Far more than 500 long links; what is longer is no list of links. */
const mostCharacters = 4_000_000

/** UTF-16 at its widest, with room to spare: what is larger cannot be short enough. */
const mostBytes = mostCharacters * 4

export type LinkFile =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: RefusedFile['reason'] }

const refused = (reason: RefusedFile['reason']): LinkFile => ({ kind: 'refused', reason })

const isVideo = (file: File): boolean =>
  file.type.startsWith('video/') || /\.(mp4|mov|m4v|webm|mkv|avi)$/i.test(file.name)

/** The text of a file of links, or why it cannot be taken. */
export const readLinkFile = async (file: File): Promise<LinkFile> => {
  if (isVideo(file)) return refused('video')
  const name = file.name.toLowerCase()
  if (!linkFileEndings.some((ending) => name.endsWith(ending))) return refused('other-kind')
  if (file.size > mostBytes) return refused('too-long')
  const text = await file.text().catch(() => null)
  if (text === null) return refused('unreadable')
  if (text.length > mostCharacters) return refused('too-long')
  return /:\/\//.test(text) ? { kind: 'read', text } : refused('no-link')
}
