import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { saveWhole } from './save-file.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'save-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  path = join(folder, 'plan.md')
})

describe('a saved text', () => {
  it('takes the place of an older one, private to its owner, and leaves nothing else', async () => {
    writeFileSync(path, 'old')
    writeFileSync(`${path}.${process.pid}.partial`, 'left by a crash')
    expect(await saveWhole(path, 'Zoë 🙂')).toEqual({ ok: true, value: null })
    expect(readFileSync(path, 'utf8')).toBe('Zoë 🙂')
    expect(readdirSync(folder)).toEqual(['plan.md'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it.skipIf(process.platform === 'win32')('for which there is no room leaves the older one', () => {
    writeFileSync(path, 'old')
    chmodSync(folder, 0o755)
    if (process.getuid?.() === 0) chownSync(folder, 65_534, 65_534)
    const kit = new URL('../../../test/main/files/save-beyond-limit.ts', import.meta.url).pathname
    const limited = ['-c', 'ulimit -f 4; exec "$@"', 'sh', process.execPath, '--import', 'tsx']
    const said = execFileSync('sh', [...limited, kit, path], { encoding: 'utf8' })
    expect(JSON.parse(said)).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'disk-full' }
    })
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['plan.md'])
  })
})
