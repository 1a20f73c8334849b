import { runMain } from './lib/command-line.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { signDownloads, signingKey } from './package/release.mjs'

/** Sums and signs the downloads of every system in one folder, with the release's key or not at all. */
await runMain(async () => {
  const folder = process.argv[2]
  if (folder === undefined) {
    throw new StepFailure('no folder is named', 'node scripts/sign-release.mjs FOLDER')
  }
  const count = await signDownloads(folder, signingKey({ isRelease: true }))
  process.stdout.write(`${count} files, signed with the release's key\n`)
  return 0
})
