import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { FirstScreen } from '../../shared/first-screen.ts'
import { createFirstScreenFile, readFirstScreen } from './first-screen-file.ts'

const version = '1.2.3'
const none = { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 }
const screen: FirstScreen = {
  version,
  platform: 'linux',
  providers: ['tavus'],
  settings: defaultSettings,
  accounts: [],
  sync: [],
  counts: {
    byKind: Object.fromEntries(
      assetKinds.map((kind) => [kind, none])
    ) as FirstScreen['counts']['byKind'],
    models: ['ünï 🙂']
  },
  kind: 'replica',
  page: { total: 0, rows: [] },
  look: null
}

const saved = async () => {
  const folder = temporaryFolder()
  await createFirstScreenFile(folder, version).save(screen)
  const path = join(folder, 'first-screen.json')
  return { folder, path, bytes: readFileSync(path) }
}

describe('the first screen on disk', () => {
  it('comes back as it was, and is for its owner alone', async () => {
    const { folder, path } = await saved()
    expect(readFirstScreen(folder, version)).toEqual(screen)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['first-screen.json'])
  })

  it('is none for another version of the app, or of another shape', async () => {
    const { folder, path, bytes } = await saved()
    expect(readFirstScreen(folder, '1.2.4')).toBeNull()
    writeFileSync(path, bytes.toString().replace('{"shape":2,', '{"shape":1,'))
    expect(readFirstScreen(folder, version)).toBeNull()
  })

  it('is none with a single byte changed, cut off anywhere, or with more behind it', async () => {
    const { folder, path, bytes } = await saved()
    for (let at = 0; at < bytes.length - 1; at += 1) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      writeFileSync(path, damaged)
      expect(readFirstScreen(folder, version), `byte ${at}`).toBeNull()
      writeFileSync(path, bytes.subarray(0, at))
      expect(readFirstScreen(folder, version), `cut at ${at}`).toBeNull()
    }
    writeFileSync(path, Buffer.concat([bytes, Buffer.from('{}\n')]))
    expect(readFirstScreen(folder, version)).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['a JSON of something else', '{"accounts":[]}'],
    ['two lines of something else', '{}\n{}\n'],
    ['no text', Buffer.from([0xff, 0xfe, 0x0a, 0x00])],
    ['far too much', Buffer.alloc(2_000_000, 0x20)]
  ])('is none where %s stands', (_what, content) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'first-screen.json'), content)
    expect(readFirstScreen(folder, version)).toBeNull()
  })

  it('is none where there is no file of its own', async () => {
    const { path } = await saved()
    const folder = temporaryFolder()
    expect(readFirstScreen(folder, version)).toBeNull()
    symlinkSync(path, join(folder, 'first-screen.json'))
    expect(readFirstScreen(folder, version)).toBeNull()
    const other = temporaryFolder()
    mkdirSync(join(other, 'first-screen.json'))
    expect(readFirstScreen(other, version)).toBeNull()
  })

  it('that is forgotten while it is written does not come back', async () => {
    const folder = temporaryFolder()
    const file = createFirstScreenFile(folder, version)
    const saving = file.save(screen)
    file.forget()
    await saving
    expect(readdirSync(folder)).toEqual([])
    await file.save(screen)
    expect(readFirstScreen(folder, version)).toEqual(screen)
    file.forget()
    file.forget()
    expect(readdirSync(folder)).toEqual([])
  })

  it('that cannot be written leaves none, and nobody is troubled', async () => {
    const folder = join(temporaryFolder(), 'is-not-there')
    const file = createFirstScreenFile(folder, version)
    await file.save(screen)
    file.forget()
    expect(readFirstScreen(folder, version)).toBeNull()
  })

  it('is not left half written by a run that was killed', async () => {
    const { folder } = await saved()
    writeFileSync(join(folder, 'first-screen.json.4711.partial'), 'Amara Osei')
    writeFileSync(join(folder, 'other.json.4711.partial'), '')
    createFirstScreenFile(folder, version)
    expect(readdirSync(folder).toSorted()).toEqual(['first-screen.json', 'other.json.4711.partial'])
  })
})
