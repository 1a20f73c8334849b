import { type ByteSource, viewOf } from './byte-source.ts'
import { ReadFault } from './read-fault.ts'

/** One box of a file of the ISO family (ISO 14496-12, 4.2). */
export interface Box {
  readonly type: string
  readonly start: number
  /** Where its content begins. */
  readonly content: number
  /** Where it ends by its own word, which may lie behind the end of the file. */
  readonly end: number
}

/** How a file is built, by its outermost boxes. */
export interface Structure {
  readonly first: Box | null
  readonly moov: Box | null
  readonly sidx: readonly Box[]
  /** The index stands before the pictures; null: there is none. */
  readonly isFastStart: boolean | null
  readonly isFragmented: boolean
  /** Bytes that the last box promises and the file does not have; null: nobody knows where it ends. */
  readonly missingBytes: number | null
  /** What ended the walk behind the index, where the rest of it would have told no more than whether the file is whole. */
  readonly fault: ReadFault | null
}

const longestHeader = 16
/** More than any writer makes before the pictures; a file of nothing else would be walked for ever. */
const mostBoxes = 200

/** The box that begins at a place; null if its header is none. `limit`: where what it lies in ends. */
export const boxAt = (header: Uint8Array, start: number, limit: number): Box | null => {
  if (header.length < 8) return null
  const view = viewOf(header)
  const type = String.fromCharCode(...header.subarray(4, 8))
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null
  const short = view.getUint32(0)
  if (short === 0) return { type, start, content: start + 8, end: limit }
  if (short !== 1) return short < 8 ? null : { type, start, content: start + 8, end: start + short }
  if (header.length < longestHeader) return null
  const long = Number(view.getBigUint64(8))
  return long < longestHeader || !Number.isSafeInteger(start + long)
    ? null
    : { type, start, content: start + longestHeader, end: start + long }
}

/** Goes from box to box, reading nothing but their headers, up to the first fragment. */
export const walkBoxes = async (file: ByteSource): Promise<Structure> => {
  const { sizeBytes, isSizeKnown } = file
  const seen: Box[] = []
  const hasIndex = (): boolean => seen.some(({ type }) => type === 'moov')
  let fault: ReadFault | null = null
  let at = 0
  while (at < sizeBytes && seen.length < mostBoxes) {
    // What follows the index of a file without an end may be its end.
    if (!isSizeKnown && hasIndex() && !file.has(at, at + 1)) break
    const header = await file
      .read(at, Math.min(at + longestHeader, sizeBytes))
      .catch((error: unknown) => {
        if (!hasIndex() || !(error instanceof ReadFault)) throw error
        fault = error
        return new Uint8Array()
      })
    const box = boxAt(header, at, sizeBytes)
    // What follows the last box and is none is passed over by every reader; at the start there is no file without one.
    if (box === null) break
    seen.push(box)
    at = box.end
    if (box.type === 'moof') break
  }
  const structure = structureOf(seen, file)
  return fault === null ? structure : { ...structure, fault, missingBytes: null }
}

const structureOf = (boxes: readonly Box[], { sizeBytes, isSizeKnown }: ByteSource): Structure => {
  const moov = boxes.find(({ type }) => type === 'moov') ?? null
  const mdat = boxes.findIndex(({ type }) => type === 'mdat')
  const last = boxes.at(-1)
  return {
    first: boxes[0] ?? null,
    moov,
    sidx: boxes.filter(({ type }) => type === 'sidx'),
    isFastStart: moov === null ? null : mdat === -1 || boxes.indexOf(moov) < mdat,
    isFragmented: boxes.some(({ type }) => type === 'moof'),
    fault: null,
    missingBytes: isSizeKnown ? Math.max(0, (last?.end ?? 0) - sizeBytes) : null
  }
}

/** The boxes within a piece of memory. */
export const boxesIn = (bytes: Uint8Array, from: number, to: number): readonly Box[] => {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const box = boxAt(bytes.subarray(at, Math.min(at + longestHeader, to)), at, to)
    if (box === null || box.end > to) break
    boxes.push(box)
    at = box.end
  }
  return boxes
}

/** The first box at the end of a path of types. */
export const boxWithin = (
  bytes: Uint8Array,
  from: number,
  to: number,
  [type, ...rest]: readonly string[]
): Box | null => {
  for (const box of boxesIn(bytes, from, to)) {
    if (box.type !== type) continue
    return rest.length === 0 ? box : boxWithin(bytes, box.content, box.end, rest)
  }
  return null
}

/** The content of a box, or as much of it as is asked for. Throws a `ReadFault` if the file ends before. */
export const readBox = async (
  file: ByteSource,
  box: Box,
  mostBytes = Number.POSITIVE_INFINITY
): Promise<Uint8Array> => {
  if (box.end > file.sizeBytes) throw new ReadFault('truncated')
  return file.read(box.content, Math.min(box.end, box.content + mostBytes))
}
