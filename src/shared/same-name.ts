const plain = (name: string): string => name.normalize('NFC').replace(/\s+/gu, ' ').trim()

/** True if the person typed the name, leaving aside spaces and spellings of a letter that cannot be told apart by eye. */
export const isSameName = (typed: string, name: string): boolean => plain(typed) === plain(name)
