// Builds the verifier that is handed out with receipts: one file that needs Node alone, from src/verifier.
//   node scripts/build-verifier.mjs
import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { projectRoot } from './lib/project.mjs'

const target = path.join(projectRoot, 'resources/verify-receipt.mjs')

const head = `#!/usr/bin/env node
/**
 * Checks receipts and exported histories of Replica Desk. Needs Node 18 or newer and nothing else: no package, no
 * network. What is checked, and by which rule, is written down in docs/receipts.md. Built from src/verifier by
 * scripts/build-verifier.mjs; the same sources always make the same file.
 *
 *   node verify-receipt.mjs FILE [FILE…] [--key FINGERPRINT] [--against RECEIPT] [--json]
 *
 * Exit code 0: every file is good. 1: one was refused. 2: a file could not be read, or the command is wrong.
 */
`

/** The text of the verifier, the same for the same sources. */
export async function verifierText() {
  const { output } = await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'node18',
      ssr: 'src/verifier/command.ts',
      rollupOptions: { output: { format: 'es' } }
    }
  })
  return head + output[0].code
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(target, await verifierText())
  await chmod(target, 0o755)
}
