import type { ReleaseNotes } from '../../shared/domain/update.ts'
import { isNewerVersion } from '../rules/newer-version.ts'

/** Marks of the text's form, which the window does not draw. */
const plain = (text: string): string =>
  text
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The part below each heading of a level; what stands before the first is left out. */
const partsOf = (text: string, mark: string): readonly { title: string; text: string }[] =>
  `\n${text}`
    .split(`\n${mark} `)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return end === -1
        ? { title: part, text: '' }
        : { title: part.slice(0, end), text: part.slice(end + 1) }
    })

const itemsOf = (text: string): string[] =>
  `\n${text}`
    .split('\n- ')
    .slice(1)
    .map(plain)
    .filter((item) => item !== '')

/**
 * Reads CHANGELOG.md: `## VERSION – date` or `## Unreleased`, below it `### Group` with lists. Newest first, as it is
 * written.
 */
export const readChangelog = (text: string): readonly ReleaseNotes[] =>
  partsOf(text, '##').map(({ title, text: release }) => ({
    version: /^\d+\.\d+\.\d+/.exec(title)?.[0] ?? null,
    groups: partsOf(release, '###').map((group) => ({
      title: plain(group.title),
      items: itemsOf(group.text)
    }))
  }))

const mostReleases = 10

/**
 * What is new in a version: its own notes and those of the releases between `since` and it. A build that no release was
 * made of has what is not released yet.
 */
export const notesFor = (
  all: readonly ReleaseNotes[],
  version: string,
  since: string | null
): readonly ReleaseNotes[] => {
  const isTold = (notes: ReleaseNotes): boolean =>
    notes.version === version ||
    (notes.version !== null &&
      since !== null &&
      isNewerVersion(notes.version, since) &&
      isNewerVersion(version, notes.version))
  const told = all.filter(isTold)
  const isReleased = told.some((notes) => notes.version === version)
  return (isReleased ? told : all.filter((notes) => notes.version === null)).slice(0, mostReleases)
}
