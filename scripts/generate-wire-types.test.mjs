import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the committed wire types are those of the API document', async () => {
  const script = fileURLToPath(new URL('./generate-wire-types.mjs', import.meta.url))
  const run = promisify(execFile)(process.execPath, [script, '--check'])
  await expect(run).resolves.toMatchObject({ stderr: '' })
}, 60_000)
