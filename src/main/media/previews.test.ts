import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { createPreviews } from './previews.ts'

const fileOf = (content: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'previews-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'take.mp4')
  writeFileSync(path, content)
  return path
}

const previews = createPreviews({ ask: async () => null, clock: systemClock })
const ask = (id: string, range?: string) =>
  previews.handle(new Request(`media://${id}/`, { headers: range === undefined ? {} : { range } }))

test('a file is handed on whole, or the part of it that is asked for', async () => {
  const id = previews.open({ kind: 'file', path: fileOf('0123456789') })
  expect(id).toMatch(/^[a-f0-9]{32}$/)
  const whole = await ask(id)
  expect([whole?.status, await whole?.text()]).toEqual([200, '0123456789'])
  const part = await ask(id, 'bytes=2-4')
  expect([part?.status, await part?.text()]).toEqual([206, '234'])
  expect(part?.headers.get('content-range')).toBe('bytes 2-4/10')
  expect((await ask(id, 'bytes=10-'))?.status).toBe(416)
})

test('one source has one ID, and an unknown ID is left to others', async () => {
  const path = fileOf('x')
  expect(previews.open({ kind: 'file', path })).toBe(previews.open({ kind: 'file', path }))
  expect(await ask('f'.repeat(32))).toBeNull()
})

test('what cannot be had is not there', async () => {
  const gone = previews.open({ kind: 'file', path: '/nowhere/take.mp4' })
  expect((await ask(gone))?.status).toBe(404)
  const empty = previews.open({ kind: 'file', path: fileOf('') })
  expect((await ask(empty))?.status).toBe(404)
  const link = previews.open({
    kind: 'link',
    url: 'https://x.example/a',
    allowLoopbackOrigin: null
  })
  expect((await ask(link))?.status).toBe(404)
})
