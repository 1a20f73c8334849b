import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * Unpacks the entries of a zip file for which `placeOf` names a place, relative to the folder.
 * File modes are kept; links are refused, for the archive at hand has none.
 */
export async function unpackZip(zipPath, folder, placeOf, onBytes) {
  const yauzl = (await import('yauzl')).default
  const zip = await yauzl.openPromise(zipPath)
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName)
      if (place === undefined || entry.fileName.endsWith('/')) continue
      await writeEntry(zip, entry, insideOf(folder, place))
      onBytes(entry.uncompressedSize)
    }
  } finally {
    zip.close()
  }
}

function insideOf(folder, place) {
  const path = join(folder, place)
  const way = relative(folder, path)
  if (way.startsWith('..') || isAbsolute(way))
    throw new Error(`zip entry leaves its folder: ${place}`)
  return path
}

async function writeEntry(zip, entry, path) {
  const mode = entry.externalFileAttributes >>> 16
  if ((mode & 0o170000) === 0o120000) throw new Error(`zip entry is a link: ${entry.fileName}`)
  mkdirSync(dirname(path), { recursive: true })
  const source = await zip.openReadStreamPromise(entry)
  await pipeline(source, createWriteStream(path, { mode: mode & 0o777 || 0o644 }))
}
