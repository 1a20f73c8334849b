import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../files/disk-reason.ts'
import type { KeptFile } from '../ports/backup-file.ts'
import type { Clock } from '../ports/clock.ts'
import { type MediaKind, mediaKinds } from './sniff-media.ts'

export interface CachedMedia {
  readonly kind: MediaKind
  readonly bytes: Buffer
}

/** Pictures and clips on disk, one file each, named after their id. The least recently used go first. */
export interface MediaCache {
  /** Ids of everything that is there. */
  keptIds(): Promise<ReadonlySet<string>>
  /** True if what is fetched without need would soon push out what was looked at. */
  isNearlyFull(): boolean
  read(posterId: string): Promise<CachedMedia | null>
  /** Where a kept picture lies; null for a clip and for what is not kept. */
  pictureFile(posterId: string): Promise<string | null>
  write(posterId: string, media: CachedMedia): Promise<void>
  /** Takes what is kept under an id away; nothing if there is nothing. */
  remove(posterId: string): Promise<void>
  /** Takes away what is left over, and the oldest of what is more than may be kept. */
  tidy(): Promise<void>
  /** Every kept file, by its name. */
  files(): Promise<readonly KeptFile[]>
}

const filePattern = new RegExp(
  `^([a-f0-9]{32})\\.(${mediaKinds.map(({ extension }) => extension).join('|')})$`
)

/** How full the cache is after making room. */
const roomyShare = 0.95
/** Less than that, or filling up and making room would follow each other for ever. */
const nearlyFullShare = 0.9

export const createMediaCache = (options: {
  readonly folder: string
  /** Asked each time, for it can be changed while the app runs. */
  readonly maxBytes: () => number
  readonly clock: Clock
}): MediaCache => {
  const { folder, clock } = options
  const pathOf = (posterId: string, kind: MediaKind) =>
    join(folder, `${posterId}.${kind.extension}`)

  const read = async (posterId: string): Promise<CachedMedia | null> => {
    for (const kind of mediaKinds) {
      const bytes = await readIfThere(pathOf(posterId, kind))
      if (bytes === null) continue
      const now = new Date(clock.nowAt())
      // The time of use is the file's own, so that it outlives a restart without another file.
      await utimes(pathOf(posterId, kind), now, now).catch(ignoreMissing)
      return { kind, bytes }
    }
    return null
  }

  const pictureFile = async (posterId: string): Promise<string | null> => {
    const kept = await keptFiles()
    const pictures = mediaKinds.filter(({ contentType }) => contentType.startsWith('image/'))
    const kind = pictures.find(({ extension }) => kept.includes(`${posterId}.${extension}`))
    return kind === undefined ? null : pathOf(posterId, kind)
  }

  const removeLeftOver = async (): Promise<void> => {
    const leftOver = (await keptFiles()).filter((name) => name.endsWith('.new'))
    for (const name of leftOver) await rm(join(folder, name), { force: true })
  }
  let removed: Promise<void> | null = null
  /** Looking at thousands of files for every new one would take longer than fetching it. */
  let knownBytes: number | null = null

  const write = async (posterId: string, { kind, bytes }: CachedMedia): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    removed ??= removeLeftOver()
    await removed
    const path = pathOf(posterId, kind)
    const temporary = `${path}.${randomUUID()}.new`
    try {
      await writeWhole(temporary, bytes)
      const now = new Date(clock.nowAt())
      await utimes(temporary, now, now)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    knownBytes = knownBytes === null ? null : knownBytes + bytes.length
    if (knownBytes === null || knownBytes > options.maxBytes()) await makeRoom()
  }

  /** Frees a little more than is needed, so that not every next file has to make room again. */
  const makeRoom = async (): Promise<void> => {
    const files = await filesIn(folder)
    let total = files.reduce((sum, file) => sum + file.sizeBytes, 0)
    const wanted = total > options.maxBytes() ? options.maxBytes() * roomyShare : total
    for (const file of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= wanted) break
      await rm(file.path, { force: true })
      total -= file.sizeBytes
    }
    knownBytes = total
  }

  const tidy = async (): Promise<void> => {
    removed ??= removeLeftOver()
    await removed
    await makeRoom()
  }

  const keptFiles = async (): Promise<readonly string[]> =>
    (await readdir(folder).catch(ignoreMissing)) ?? []

  const keptIds = async (): Promise<ReadonlySet<string>> => {
    const names = await keptFiles()
    return new Set(names.flatMap((name) => filePattern.exec(name)?.[1] ?? []))
  }

  const remove = async (posterId: string): Promise<void> => {
    for (const kind of mediaKinds) await rm(pathOf(posterId, kind), { force: true })
    knownBytes = null
  }

  return {
    keptIds,
    remove,
    isNearlyFull: () => knownBytes !== null && knownBytes >= options.maxBytes() * nearlyFullShare,
    read,
    pictureFile,
    write,
    tidy,
    files: async () =>
      (await keptFiles())
        .filter((name) => filePattern.test(name))
        .map((name) => ({ name, path: join(folder, name) }))
  }
}

const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
}

const filesIn = async (folder: string) => {
  const names = (await readdir(folder).catch(ignoreMissing)) ?? []
  const files = await Promise.all(
    names
      .filter((name) => filePattern.test(name))
      .map(async (name) => {
        const path = join(folder, name)
        const facts = await stat(path).catch(ignoreMissing)
        return facts === undefined ? null : { path, sizeBytes: facts.size, usedMs: facts.mtimeMs }
      })
  )
  return files.filter((file) => file !== null)
}

const readIfThere = async (path: string): Promise<Buffer | null> =>
  (await readFile(path).catch(ignoreMissing)) ?? null

const ignoreMissing = (error: unknown): undefined => {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}
