import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every way in which a secret could lie about: raw, percent-encoded once and twice, base64 in its three phases. */
export const disguises = (secret: string): readonly string[] => {
  const base64 = ['', 'x', 'xx'].map((before) => {
    const text = Buffer.from(before + secret).toString('base64')
    // The first and last characters depend on the neighbours; what is between does not.
    return text.slice(4, -4)
  })
  const once = encodeURIComponent(secret)
  return [...new Set([secret, once, encodeURIComponent(once), ...base64])]
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const about = statSync(path, { throwIfNoEntry: false })
    if (about === undefined) return []
    return about.isDirectory() ? filesBelow(path) : about.isFile() ? [path] : []
  })

const finds = (content: Buffer, secret: string): boolean =>
  disguises(secret).some(
    (disguise) => content.includes(disguise) || content.includes(Buffer.from(disguise, 'utf16le'))
  )

/** Files below the folder in which one of the secrets stands, in any disguise. */
export const sweepFolder = (folder: string, secrets: readonly string[]): readonly string[] =>
  filesBelow(folder).flatMap((path) => {
    const content = readFileSync(path)
    return secrets.filter((secret) => finds(content, secret)).map((secret) => `${path}: ${secret}`)
  })

/** What the app renamed since it was listed is found by its new name the next time. */
const readIfThere = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Files below the folder that hold another file whole, by their paths in it. */
export const holdersOf = (folder: string, content: Buffer): readonly string[] =>
  filesBelow(folder)
    .filter((path) => readIfThere(path).includes(content))
    .map((path) => relative(folder, path))

/** The same for text that was recorded. */
export const sweepText = (text: string, secrets: readonly string[]): readonly string[] =>
  secrets.filter((secret) => finds(Buffer.from(text), secret))
