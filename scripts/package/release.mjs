import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify
} from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheDirectory, projectRoot } from '../lib/project.mjs'
import { StepFailure } from '../lib/step-failure.mjs'

/** The public half of the key that releases are signed with; in the repository from the first release on. */
export const releaseKeyFile = join(projectRoot, 'packaging', 'release-key.pem')

export const sumsName = 'SHA256SUMS'
export const signatureName = `${sumsName}.sig`

/** What a download is called: everything else in the folder is of the making. */
const isDownload = (name) => /\.(?:deb|rpm|tar\.gz|AppImage|exe|dmg|zip|cdx\.json)$/.test(name)

async function sha256(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** The lines of SHA256SUMS for the downloads in a folder, in the form that `sha256sum --check` reads. */
export async function sumsText(folder) {
  const names = readdirSync(folder).filter(isDownload).sort()
  const lines = []
  for (const name of names) lines.push(`${await sha256(join(folder, name))}  ${name}\n`)
  return lines.join('')
}

const publicPem = (key) => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()

function ed25519(pem, from) {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType === 'ed25519') return key
  throw new StepFailure(
    `the key in ${from} is not Ed25519`,
    'see docs/releasing.md for how to make one.'
  )
}

/** The key named by the environment, as PEM or as a file; null if none is. */
function namedKey(env) {
  const { REPLICA_DESK_RELEASE_KEY: pem, REPLICA_DESK_RELEASE_KEY_FILE: file } = env
  if (pem) return ed25519(pem, 'REPLICA_DESK_RELEASE_KEY')
  if (file) return ed25519(readFileSync(file, 'utf8'), file)
  return null
}

/** A key for trying out, made once on this computer. It is good for nothing else. */
function developmentKey(folder) {
  const path = join(folder, 'development-signing-key.pem')
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  return ed25519(readFileSync(path, 'utf8'), path)
}

/**
 * The key to sign with. A release is signed with the key whose public half is in the repository and with nothing else;
 * other builds may be signed with a key of this computer.
 */
export function signingKey({
  isRelease,
  env = process.env,
  keyFile = releaseKeyFile,
  folder = cacheDirectory()
}) {
  const named = namedKey(env)
  if (!isRelease) return { key: named ?? developmentKey(folder), isDevelopment: named === null }
  const known = existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : null
  if (named !== null && publicPem(named).trim() === known)
    return { key: named, isDevelopment: false }
  throw new StepFailure(
    named === null
      ? 'a release needs REPLICA_DESK_RELEASE_KEY or REPLICA_DESK_RELEASE_KEY_FILE'
      : 'the key is not the one whose public half is in packaging/release-key.pem',
    'see “The release key” in docs/releasing.md.'
  )
}

/** Writes SHA256SUMS, its signature (64 bytes, Ed25519 over the file) and, for a key of this computer, its public half. */
export async function signDownloads(folder, { key, isDevelopment }) {
  const sums = await sumsText(folder)
  const signature = sign(null, Buffer.from(sums), key)
  writeFileSync(join(folder, sumsName), sums)
  writeFileSync(join(folder, signatureName), signature)
  if (isDevelopment) writeFileSync(join(folder, 'development-key.pem'), publicPem(key))
  return sums.trim().split('\n').length
}

/** Whether a signature is one of this public key over these sums. */
export const isSigned = (sums, signature, publicKey) =>
  verify(null, sums, createPublicKey(publicKey), signature)
