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

export type DragKind = 'links' | 'files'

/** While something is dragged its content is hidden; only its kinds are told. */
export const dragKind = (types: readonly string[]): DragKind =>
  types.includes('text/uri-list') || types.includes('text/plain') ? 'links' : 'files'
