import { readFileSync, statSync } from 'node:fs'
import { endianness, uptime } from 'node:os'
import { exists, readHeader } from './database-files.ts'

/**
 * How the log beside a database is. `soundBytes`: as much of it as ends with the last transaction that checks out.
 *
 * - `none`: there is nothing in it, and nothing says that there was.
 * - `sound`: a torn end counts as sound; a power cut or a kill leaves one, and nobody was told that it is stored.
 * - `damaged`: transactions that were stored are missing, or lie behind bytes that do not add up.
 */
export interface LogState {
  readonly kind: 'none' | 'sound' | 'damaged'
  readonly soundBytes: number
}

const headerBytes = 32
const frameHeaderBytes = 24
const littleMagic = 0x377f0682
const bigMagic = 0x377f0683
const isHostLittle = endianness() === 'LE'

type Sums = readonly [number, number]

interface Log {
  readonly bytes: Buffer
  readonly isLittle: boolean
  readonly pageBytes: number
  readonly frameCount: number
  /** Two numbers that each frame of this run of the log repeats; older frames behind its end have others. */
  readonly salts: Sums
}

/**
 * Reads the log as SQLite would recover it (sqlite.org, "WAL-mode File Format"), because SQLite tells nobody what it
 * leaves out: it takes the frames up to the first that does not add up, and writes over the rest. Only while no
 * connection is open.
 */
export const checkLog = (file: string): LogState => {
  const bytes = exists(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0)
  const told = toldFrames(file)
  if (bytes.length < headerBytes)
    return { kind: isLost(file, told) ? 'damaged' : 'none', soundBytes: 0 }
  const log = openLog(bytes)
  // A header of zeros was never flushed, so neither was what follows it.
  if (log === null) {
    const isUnwritten = bytes.subarray(0, headerBytes).every((byte) => byte === 0)
    return { kind: isUnwritten ? 'sound' : 'damaged', soundBytes: 0 }
  }
  const { sound, firstBad } = soundFrames(log)
  const soundBytes = sound === 0 ? 0 : headerBytes + sound * (frameHeaderBytes + log.pageBytes)
  if (isForeign(log, sound, file)) return { kind: 'damaged', soundBytes: 0 }
  const isShort = told !== null && isSame(told.salts, log.salts) && told.frames > sound
  const isDamaged = isShort || hasStoredAfter(log, firstBad, isOfThisBoot(`${file}-wal`))
  return { kind: isDamaged ? 'damaged' : 'sound', soundBytes }
}

const openLog = (bytes: Buffer): Log | null => {
  const magic = bytes.readUInt32BE(0)
  if (magic !== littleMagic && magic !== bigMagic) return null
  const isLittle = magic === littleMagic
  const pageBytes = bytes.readUInt32BE(8)
  if (!isSame(sum([0, 0], bytes, 0, 24, isLittle), pair(bytes, 24))) return null
  if (pageBytes < 512 || pageBytes > 65_536) return null
  const frameCount = Math.floor((bytes.length - headerBytes) / (frameHeaderBytes + pageBytes))
  return { bytes, isLittle, pageBytes, frameCount, salts: pair(bytes, 16) }
}

const pair = (bytes: Buffer, place: number): Sums => [
  bytes.readUInt32BE(place),
  bytes.readUInt32BE(place + 4)
]

const isSame = (a: Sums, b: Sums): boolean => a[0] === b[0] && a[1] === b[1]

const placeOf = (log: Log, frame: number): number =>
  headerBytes + frame * (frameHeaderBytes + log.pageBytes)

const isOfThisRun = (log: Log, frame: number): boolean =>
  isSame(pair(log.bytes, placeOf(log, frame) + 8), log.salts)

const isCommit = (log: Log, frame: number): boolean =>
  log.bytes.readUInt32BE(placeOf(log, frame) + 4) !== 0

/** The sums that a frame carries: over itself and, through the sums it began with, over all before it. */
const sumsOf = (log: Log, frame: number): Sums =>
  frame < 0 ? pair(log.bytes, 24) : pair(log.bytes, placeOf(log, frame) + 16)

/** True if a frame is whole, going by the sums that the one before it carries. */
const follows = (log: Log, frame: number): boolean => {
  if (!isOfThisRun(log, frame)) return false
  const place = placeOf(log, frame)
  const { bytes, isLittle, pageBytes } = log
  const head = sum(sumsOf(log, frame - 1), bytes, place, 8, isLittle)
  const whole = sum(head, bytes, place + frameHeaderBytes, pageBytes, isLittle)
  return isSame(whole, sumsOf(log, frame))
}

/** Frames up to the last commit that adds up, and the first frame that does not. */
const soundFrames = (log: Log): { readonly sound: number; readonly firstBad: number } => {
  let sound = 0
  let frame = 0
  while (frame < log.frameCount && follows(log, frame)) {
    frame += 1
    if (isCommit(log, frame - 1)) sound = frame
  }
  return { sound, firstBad: frame }
}

const pageCountPlace = 28

/**
 * True if the frames are of another database. A transaction that changes how many pages there are writes the first page;
 * without that, every commit tells the number that the file has. (What the first page says of whose it is, is read later.)
 */
const isForeign = (log: Log, sound: number, file: string): boolean => {
  const pages = readHeader(file).readUInt32BE(pageCountPlace)
  let isOther = false
  for (let frame = 0; frame < sound; frame += 1) {
    const place = placeOf(log, frame)
    if (log.bytes.readUInt32BE(place) === 1) return false
    isOther ||= isCommit(log, frame) && log.bytes.readUInt32BE(place + 4) !== pages
  }
  return isOther
}

/**
 * Whether something was stored after the first bad frame. As long as the computer ran on, frames lie there in the order
 * they were written in, so one whole frame is enough. A power cut can leave the frames of the last transaction in any
 * order, but of no earlier one: then a whole frame has to follow a commit.
 */
const hasStoredAfter = (log: Log, firstBad: number, isInOrder: boolean): boolean => {
  let isAfterCommit = isInOrder
  for (let frame = firstBad; frame < log.frameCount; frame += 1) {
    if (frame > firstBad && isAfterCommit && follows(log, frame)) return true
    if (isOfThisRun(log, frame) && isCommit(log, frame)) isAfterCommit = true
  }
  return false
}

interface Told {
  readonly frames: number
  /** Frames that are in the database already. */
  readonly copied: number
  readonly salts: Sums
}

const indexHeaderBytes = 48
const indexVersion = 3_007_000

/** What the index of the log says was stored; null if there is none or it does not add up. It is never ahead. */
const toldFrames = (file: string): Told | null => {
  const index = exists(`${file}-shm`) ? readFileSync(`${file}-shm`) : Buffer.alloc(0)
  if (index.length < indexHeaderBytes * 2 + 4) return null
  const read = (place: number): number =>
    isHostLittle ? index.readUInt32LE(place) : index.readUInt32BE(place)
  const isTwice = index
    .subarray(0, indexHeaderBytes)
    .equals(index.subarray(indexHeaderBytes, indexHeaderBytes * 2))
  const sums: Sums = [read(40), read(44)]
  if (!isTwice || read(0) !== indexVersion) return null
  if (!isSame(sum([0, 0], index, 0, 40, isHostLittle), sums)) return null
  return { frames: read(16), copied: read(indexHeaderBytes * 2), salts: pair(index, 32) }
}

/** The index is not flushed: after a power cut it may speak of a log that was put away long ago. */
const isLost = (file: string, told: Told | null): boolean =>
  told !== null && told.frames > told.copied && isOfThisBoot(`${file}-shm`)

const isOfThisBoot = (file: string): boolean =>
  statSync(file).mtimeMs > Date.now() - uptime() * 1000

const swapped = (word: number): number =>
  ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)

/** Words are read where they lie; only from an odd address they are copied first. */
const wordsOf = ({ buffer, byteOffset }: Buffer, place: number, length: number): Uint32Array => {
  const start = byteOffset + place
  return start % 4 === 0
    ? new Uint32Array(buffer, start, length / 4)
    : new Uint32Array(buffer.slice(start, start + length))
}

/** SQLite's checksum, carried on from another. */
const sum = (from: Sums, bytes: Buffer, place: number, length: number, isLittle: boolean): Sums => {
  const words = wordsOf(bytes, place, length)
  const isSwapped = isLittle !== isHostLittle
  let [a, b] = from
  for (let index = 0; index + 1 < words.length; index += 2) {
    const first = words[index] ?? 0
    const second = words[index + 1] ?? 0
    a = (a + (isSwapped ? swapped(first) : first) + b) | 0
    b = (b + (isSwapped ? swapped(second) : second) + a) | 0
  }
  return [a >>> 0, b >>> 0]
}
