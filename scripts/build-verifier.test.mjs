import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { verifierText } from './build-verifier.mjs'
import { projectRoot } from './lib/project.mjs'

test('the verifier that is handed out is the one that its sources make', async () => {
  const handedOut = readFileSync(path.join(projectRoot, 'resources/verify-receipt.mjs'), 'utf8')
  expect(await verifierText()).toBe(handedOut)
})
