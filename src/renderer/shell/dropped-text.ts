/** The part of a `DataTransfer` that a drop or a paste is read from. */
export interface Carrier {
  readonly types: readonly string[]
  readonly getData: (type: string) => string
}

/** Lines of a URI list that begin with # are remarks. Source: RFC 2483, section 5. */
const withoutRemarks = (list: string): string =>
  list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n')

/** Chromium takes the line breaks out of a URI list; an address that begins within another shows where they were. */
const oneAddressPerLine = (list: string): string => list.replace(/(?<=\S)(?=https?:\/\/)/gi, '\n')

/** True for text that is worth reading for links; main does the reading. */
export const mayHoldLink = (text: string): boolean => /[a-z][a-z0-9+.-]*:\/\//i.test(text)

/** What was dropped or pasted, as text: the plain text has all addresses, unless it is but the title of one. */
export const carriedText = (carrier: Carrier): string => {
  const plain = carrier.getData('text/plain')
  const addresses = withoutRemarks(carrier.getData('text/uri-list'))
  return mayHoldLink(plain) || addresses === '' ? plain : oneAddressPerLine(addresses)
}

/** A file that was dropped or pasted; a folder comes as a file too, and only its entry gives it away. */
export interface CarriedFile {
  readonly file: File
  readonly isFolder: boolean
}

/** Has to be called while the event is handled: after it the carrier tells nothing. */
export const carriedFiles = ({ items }: Pick<DataTransfer, 'items'>): readonly CarriedFile[] =>
  [...items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null
    return file === null ? [] : [{ file, isFolder: item.webkitGetAsEntry()?.isDirectory === true }]
  })

export type DragKind = 'links' | 'files' | 'videos'

/** What is told of something while it is dragged: its kinds, not its content. */
export interface Dragged {
  readonly types: readonly string[]
  readonly items: ArrayLike<{ readonly kind: string; readonly type: string }>
}

/**
 * Files of links have many media types, or none; a video is known by its own. A picture dragged out of a web page comes
 * as a file too, but its address is what counts.
 */
export const dragKind = ({ types, items }: Dragged): DragKind => {
  if (!types.includes('Files') || types.includes('text/uri-list')) return 'links'
  const files = Array.from(items).filter(({ kind }) => kind === 'file')
  return files.length > 0 && files.every(({ type }) => type.startsWith('video/'))
    ? 'videos'
    : 'files'
}

/** How many files are dragged; 0 if that is not told. */
export const draggedFiles = ({ items }: Pick<Dragged, 'items'>): number =>
  Array.from(items).filter(({ kind }) => kind === 'file').length
