import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SampleSandbox, startSampleSandbox } from './sample-sandbox.ts'
import { snapshotSchema } from './snapshot.ts'
import { createStateWriter, readStateFile } from './state-file.ts'

let folder: string
let stateFile: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-state-'))
  stateFile = path.join(folder, 'sandbox.json')
})

afterEach(() => rm(folder, { recursive: true }))

const ask = async (sandbox: SampleSandbox, apiKey: string, url: string, method = 'GET') => {
  const response = await fetch(`${sandbox.origin}${url}`, {
    method,
    headers: { 'x-api-key': apiKey }
  })
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}

describe('the state of the sample data', () => {
  it('outlives a restart with another key', async () => {
    const first = await startSampleSandbox({ resourcesDir: folder, apiKey: 'one', stateFile })
    const before = await ask(first, 'one', '/v2/replicas?limit=100')
    const id = before.data[4].replica_id
    await ask(first, 'one', `/v2/replicas/${id}`, 'DELETE')
    await first.close()

    const second = await startSampleSandbox({ resourcesDir: folder, apiKey: 'two', stateFile })
    const after = await ask(second, 'two', '/v2/replicas?limit=100')
    await second.close()
    expect(after.total_count).toBe(before.total_count - 1)
    expect(JSON.stringify(after)).not.toContain(id)
  })

  it('is kept for Replicate in a file of its own', async () => {
    const replicateFile = path.join(folder, 'replicate.json')
    const token = 'r8_canary'
    const model = '/v1/models/studio-north/old-avatar-tests'
    const asked = { resourcesDir: folder, apiKey: 'one', stateFile }
    const startBoth = (apiKey: string) =>
      startSampleSandbox({ ...asked, replicate: { apiKey, stateFile: replicateFile } })
    const statusOf = async ({ replicateOrigin }: SampleSandbox, apiKey: string, method: string) => {
      const headers = { authorization: `Bearer ${apiKey}` }
      return (await fetch(`${replicateOrigin}${model}`, { method, headers })).status
    }
    const first = await startBoth(token)
    expect(await statusOf(first, token, 'DELETE')).toBe(204)
    await first.close()
    expect(await readFile(replicateFile, 'utf8')).not.toContain(token)

    const second = await startBoth('r8_another')
    expect(await statusOf(second, 'r8_another', 'GET')).toBe(404)
    expect(await statusOf(second, token, 'GET')).toBe(401)
    await second.close()
    expect((await readdir(folder)).toSorted()).toEqual(['replicate.json', 'sandbox.json'])
  })

  it('is not kept, and Replicate not played, unless asked', async () => {
    const sandbox = await startSampleSandbox({ resourcesDir: folder, apiKey: 'one' })
    await sandbox.close()
    expect(sandbox.replicateOrigin).toBeNull()
    expect(await readdir(folder)).toEqual([])
  })

  it('keeps no key', async () => {
    const sandbox = await startSampleSandbox({ resourcesDir: folder, apiKey: 'canary', stateFile })
    await sandbox.close()
    expect(await readdir(folder)).toEqual(['sandbox.json'])
    expect(await readFile(stateFile, 'utf8')).not.toContain('canary')
  })

  it.each(['', '{"half', 'null', '{"version":99,"accounts":{}}'])(
    'sets %j aside and begins anew',
    async (text) => {
      await writeFile(stateFile, text)
      const sandbox = await startSampleSandbox({ resourcesDir: folder, apiKey: 'one', stateFile })
      expect((await ask(sandbox, 'one', '/v2/replicas')).total_count).toBe(24)
      await sandbox.close()
      expect(await readFile(`${stateFile}.damaged`, 'utf8')).toBe(text)
      expect((await readStateFile(stateFile, snapshotSchema)).kind).toBe('found')
    }
  )

  it('tells when it could not be written', async () => {
    const writer = createStateWriter(path.join(folder, 'missing', 'sandbox.json'))
    writer.save(() => ({ version: 1, accounts: {} }))
    await expect(writer.settled()).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
