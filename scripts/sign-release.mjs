import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { projectRoot } from './lib/project.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { refuseWithoutNotes, writeFeeds } from './package/feeds.mjs'
import { product } from './package/product.mjs'
import { signDownloads, signingKey } from './package/release.mjs'
import { releaseTime } from './package/release-time.mjs'

/**
 * Sums and signs the downloads of every system in one folder, and the feeds that tell installed apps of them, with the
 * release's key or not at all.
 */
await runMain(async () => {
  const folder = process.argv[2]
  if (folder === undefined) {
    throw new StepFailure('no folder is named', 'node scripts/sign-release.mjs FOLDER')
  }
  const { version } = product
  refuseWithoutNotes(readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8'), version)
  const signing = signingKey({ isRelease: true })
  const when = await releaseTime()
  const feeds = await writeFeeds(folder, { version, when, key: signing.key, isRelease: true })
  const count = await signDownloads(folder, signing)
  process.stdout.write(`${count} files and ${feeds.length} feeds, signed with the release's key\n`)
  return 0
})
