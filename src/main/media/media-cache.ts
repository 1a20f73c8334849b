import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { type SmallSide, smallSides } from '../../shared/catalogue/small-pictures.ts'
import { errorCode } from '../files/disk-reason.ts'
import type { KeptFile } from '../ports/backup-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { MediaAsked } from './media-id.ts'
import { type MediaKind, mediaKinds, webp } from './sniff-media.ts'

export interface CachedMedia {
  readonly kind: MediaKind
  readonly bytes: Buffer
}

/**
 * Pictures and clips on disk, one file each, named after their id; beside it the small copies of it, which never
 * outlive it (docs/adr/0039-small-faces.md). The least recently used go first.
 */
export interface MediaCache {
  /** Ids of everything that is there. */
  keptIds(): Promise<ReadonlySet<string>>
  /** True if what is fetched without need would soon push out what was looked at. */
  isNearlyFull(): boolean
  /** What was asked for: a small copy, or else the whole as it came; null if nothing is kept. */
  read(asked: MediaAsked): Promise<CachedMedia | null>
  /** Where a kept picture lies; null for a clip and for what is not kept. */
  pictureFile(posterId: string): Promise<string | null>
  write(posterId: string, media: CachedMedia): Promise<void>
  /** Keeps a small copy of what is kept; false if that is not kept (any more). */
  writeSmall(posterId: string, side: SmallSide, bytes: Buffer): Promise<boolean>
  /** Takes what is kept under an id away, with its small copies; nothing if there is nothing. */
  remove(posterId: string): Promise<void>
  /** Takes away what is left over, and the oldest of what is more than may be kept. */
  tidy(): Promise<void>
  /** Every kept file, by its name. */
  files(): Promise<readonly KeptFile[]>
}

const filePattern = new RegExp(
  `^([a-f0-9]{32})\\.(${mediaKinds.map(({ extension }) => extension).join('|')})$`
)
const smallPattern = new RegExp(`^([a-f0-9]{32})\\.(?:${smallSides.join('|')})\\.webp$`)

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

  const smallPathOf = (posterId: string, side: SmallSide) =>
    join(folder, `${posterId}.${side}.webp`)

  const readFileOf = async (path: string, kind: MediaKind): Promise<CachedMedia | null> => {
    const bytes = await readIfThere(path)
    if (bytes === null) return null
    const now = new Date(clock.nowAt())
    // The time of use is the file's own, so that it outlives a restart without another file.
    await utimes(path, now, now).catch(ignoreMissing)
    return { kind, bytes }
  }

  const readWhole = async (posterId: string): Promise<CachedMedia | null> => {
    for (const kind of mediaKinds) {
      const media = await readFileOf(pathOf(posterId, kind), kind)
      if (media !== null) return media
    }
    return null
  }

  const read = async ({ id, side }: MediaAsked): Promise<CachedMedia | null> => {
    const small = side === null ? null : await readFileOf(smallPathOf(id, side), webp)
    return small ?? readWhole(id)
  }

  const isKept = async (posterId: string): Promise<boolean> => {
    for (const kind of mediaKinds) {
      if ((await stat(pathOf(posterId, kind)).catch(ignoreMissing)) !== undefined) return true
    }
    return false
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

  const writeFile = async (path: string, bytes: Buffer): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    removed ??= removeLeftOver()
    await removed
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

  const removeSmall = async (posterId: string): Promise<void> => {
    for (const side of smallSides) await rm(smallPathOf(posterId, side), { force: true })
  }

  const write = async (posterId: string, { kind, bytes }: CachedMedia): Promise<void> => {
    await writeFile(pathOf(posterId, kind), bytes)
    // What was drawn from another picture of that name is not its copy.
    await removeSmall(posterId)
  }

  const writeSmall = async (posterId: string, side: SmallSide, bytes: Buffer): Promise<boolean> => {
    if (!(await isKept(posterId))) return false
    await writeFile(smallPathOf(posterId, side), bytes)
    // It may have been erased meanwhile, and its copy must not be what is left of it.
    if (await isKept(posterId)) return true
    await removeSmall(posterId)
    return false
  }

  /** Frees a little more than is needed, so that not every next file has to make room again. */
  const makeRoom = async (): Promise<void> => {
    const all = await keptIn(folder)
    let total = all.reduce((sum, kept) => sum + kept.sizeBytes, 0)
    const wanted = total > options.maxBytes() ? options.maxBytes() * roomyShare : total
    for (const kept of all.sort((a, b) => a.usedMs - b.usedMs)) {
      if (total <= wanted && kept.isWhole) continue
      for (const path of kept.paths) await rm(path, { force: true })
      total -= kept.sizeBytes
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
    await removeSmall(posterId)
    knownBytes = null
  }

  return {
    keptIds,
    remove,
    isNearlyFull: () => knownBytes !== null && knownBytes >= options.maxBytes() * nearlyFullShare,
    read,
    pictureFile,
    write,
    writeSmall,
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

interface Kept {
  readonly paths: readonly string[]
  readonly sizeBytes: number
  readonly usedMs: number
  /** False for a copy that is left of something. */
  readonly isWhole: boolean
}

/** What is kept under each id, as one: a face that is shown small is in use as well. */
const keptIn = async (folder: string): Promise<Kept[]> => {
  const names = (await readdir(folder).catch(ignoreMissing)) ?? []
  const kept = new Map<string, Kept>()
  await Promise.all(
    names.map(async (name) => {
      const whole = filePattern.exec(name)?.[1]
      const id = whole ?? smallPattern.exec(name)?.[1]
      if (id === undefined) return
      const path = join(folder, name)
      const facts = await stat(path).catch(ignoreMissing)
      if (facts === undefined) return
      const known = kept.get(id)
      kept.set(id, {
        paths: [...(known?.paths ?? []), path],
        sizeBytes: (known?.sizeBytes ?? 0) + facts.size,
        usedMs: Math.max(known?.usedMs ?? 0, facts.mtimeMs),
        isWhole: (known?.isWhole ?? false) || whole !== undefined
      })
    })
  )
  return [...kept.values()]
}

const readIfThere = async (path: string): Promise<Buffer | null> =>
  (await readFile(path).catch(ignoreMissing)) ?? null

const ignoreMissing = (error: unknown): undefined => {
  if (errorCode(error) === 'ENOENT') return undefined
  throw error
}
