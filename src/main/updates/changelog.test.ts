import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { releaseNotesSchema } from '../../shared/domain/update.ts'
import { notesFor, readChangelog } from './changelog.ts'
import { releaseChannel } from './release-channel.ts'
import { releaseNotes } from './release-notes.ts'

const project = join(import.meta.dirname, '..', '..', '..')

const text = `# Changelog

Words before the first heading.

## Unreleased

### New

- Not yet there.

## 2.0.0 – 2026-12-01

### New

- **Bold** and \`code\`, over
  two lines.
- Another one.

### Fixed

- A fault.

## 1.5.0 – 2026-11-01

### New

- In between.

## 1.4.0

### New

- Old.
`

const versions = (version: string, before: string | null) =>
  notesFor(readChangelog(text), version, before).map((notes) => notes.version)

describe('the changelog', () => {
  it('is read as plain lines by version and group', () => {
    expect(readChangelog(text)[1]).toEqual({
      version: '2.0.0',
      groups: [
        { title: 'New', items: ['Bold and code, over two lines.', 'Another one.'] },
        { title: 'Fixed', items: ['A fault.'] }
      ]
    })
  })

  it('has the notes of a version, and of those that were passed over', () => {
    expect(versions('2.0.0', null)).toEqual(['2.0.0'])
    expect(versions('2.0.0', '1.4.0')).toEqual(['2.0.0', '1.5.0'])
    expect(versions('1.5.0', '1.4.0')).toEqual(['1.5.0'])
  })

  it('has what is not released for a build that no release was made of', () => {
    expect(versions('3.0.0', '1.4.0')).toEqual([null])
  })

  it('of this app is one that the window is told of', () => {
    const own = readChangelog(readFileSync(join(project, 'CHANGELOG.md'), 'utf8'))
    expect(own.length).toBeGreaterThan(0)
    for (const notes of own) {
      expect(releaseNotesSchema.parse(notes).groups.every(({ items }) => items.length > 0)).toBe(
        true
      )
    }
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
    expect(releaseNotes(version, null).length).toBeGreaterThan(0)
  })
})

it('releases are verified with the key in the repository, or with none while there is none', () => {
  const file = join(project, 'packaging', 'release-key.pem')
  const key = existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  expect(releaseChannel?.publicKey.trim() ?? null).toBe(key)
})
