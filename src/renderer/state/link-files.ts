import { decodeText } from './decode-text.ts'
import type { RefusedFile } from './notice.ts'

/** Files that hold links and nothing else worth sending; main reads them. */
export const linkFileEndings = ['.url', '.webloc', '.desktop', '.txt', '.csv', '.tsv'] as const

/** Far more than 500 long links; what is longer is no list of links. */
const mostCharacters = 4_000_000

/** UTF-16 at its widest, with room to spare: what is larger cannot be short enough. */
const mostBytes = mostCharacters * 4

export type LinkFile =
  | {
      readonly kind: 'read'
      readonly text: string
      /** The encoding it was read with, if that is a guess. */
      readonly encoding: string | null
    }
  | { readonly kind: 'refused'; readonly reason: RefusedFile['reason'] }

const refused = (reason: RefusedFile['reason']): LinkFile => ({ kind: 'refused', reason })

/** A video is made a draft by its file, and never read here. */
export const isVideo = (file: File): boolean =>
  file.type.startsWith('video/') || /\.(mp4|mov|m4v|webm|mkv|avi)$/i.test(file.name)

const isReadable = (text: string): boolean =>
  text.startsWith('bplist') || /:(?:\\?\/){2}/.test(text)

/**
 * The text of a file of links, or why it cannot be taken. What is in no Unicode is read as programs write it on a
 * computer in this language.
 */
export const readLinkFile = async (file: File, language: string): Promise<LinkFile> => {
  const name = file.name.toLowerCase()
  if (!linkFileEndings.some((ending) => name.endsWith(ending))) return refused('other-kind')
  if (file.size > mostBytes) return refused('too-long')
  const content = await file.arrayBuffer().catch(() => null)
  if (content === null) return refused('unreadable')
  const { text, guessed } = decodeText(new Uint8Array(content), language)
  if (text.length > mostCharacters) return refused('too-long')
  return isReadable(text) ? { kind: 'read', text, encoding: guessed } : refused('no-link')
}
