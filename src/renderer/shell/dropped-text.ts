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

/**
 * What was dropped or pasted, as text. Both kinds are taken: of several addresses Chromium keeps the first in the URI
 * list alone, and a browser's plain text may be a title. Main drops what stands twice.
 */
export const carriedText = (carrier: Carrier): string =>
  [withoutRemarks(carrier.getData('text/uri-list')), carrier.getData('text/plain')]
    .filter((text) => text !== '')
    .join('\n')

/** True for text that is worth reading for links; main does the reading. */
export const mayHoldLink = (text: string): boolean => /[a-z][a-z0-9+.-]*:\/\//i.test(text)

export type DragKind = 'links' | 'files'

/** While something is dragged its content is hidden; only its kinds are told. */
export const dragKind = (types: readonly string[]): DragKind =>
  types.includes('text/uri-list') || types.includes('text/plain') ? 'links' : 'files'
