import { createHash, sign } from 'node:crypto'
import { createReadStream, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StepFailure } from '../lib/step-failure.mjs'

/** Signed along with every feed, so that no other signature of the key passes for one: as in src/main/updates/feed.ts. */
const feedContext = 'replica-desk release feed 1\n'

/** Systems and processors as the app names them, and the download that replaces an installed app on each. */
const updateFiles = {
  'linux-x64': /-linux-x86_64\.AppImage$/,
  'linux-arm64': /-linux-arm64\.AppImage$/,
  'windows-x64': /-win-x64\.exe$/,
  'mac-x64': /-mac-x64\.zip$/,
  'mac-arm64': /-mac-arm64\.zip$/
}

const isFeed = (name) => /^latest-[\w-]+\.signed$/.test(name)

/** The text of a feed: its signature in Base64 (Ed25519) on a line of its own, then what is signed. */
export function feedText(feed, key) {
  const content = `${JSON.stringify(feed, null, 2)}\n`
  const signature = sign(null, Buffer.from(feedContext + content), key)
  return `${signature.toString('base64')}\n${content}`
}

async function sha512(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('base64')
}

/** The file of a feed: in a folder of its version, so that its name never stands for two files. */
async function fileOf(folder, name, version) {
  const path = join(folder, name)
  return {
    path: `${version}/${name}`,
    sizeBytes: statSync(path).size,
    sha512: await sha512(path)
  }
}

/**
 * Writes `latest-SYSTEM-PROCESSOR.signed` for the downloads in a folder; answers the names. A release has one for every
 * system that is served.
 */
export async function writeFeeds(folder, { version, when, key, isRelease }) {
  const downloads = readdirSync(folder).filter((name) => !isFeed(name))
  const written = []
  for (const [target, pattern] of Object.entries(updateFiles)) {
    const name = downloads.find((download) => pattern.test(download))
    if (name === undefined && isRelease) {
      throw new StepFailure(
        `there is no download that updates ${target}`,
        'a release is whole or not made: look at what the runners made.'
      )
    }
    if (name === undefined) continue
    const file = await fileOf(folder, name, version)
    const feed = { target, version, releasedAt: when.toISOString(), file }
    const feedName = `latest-${target}.signed`
    writeFileSync(join(folder, feedName), feedText(feed, key))
    written.push(feedName)
  }
  return written
}

/** A release says what it changed: the app shows that once after an update. */
export function refuseWithoutNotes(changelog, version) {
  const heading = new RegExp(`^## ${version.replaceAll('.', '\\.')}(?:\\s|$)`, 'm')
  if (heading.test(changelog)) return
  throw new StepFailure(
    `CHANGELOG.md has no notes for ${version}`,
    'move what is under “Unreleased” below a heading “## VERSION – DATE”.'
  )
}
