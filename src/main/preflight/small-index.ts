import { type Box, boxAt } from './box-walk.ts'
import { type ByteSource, viewOf } from './byte-source.ts'
import { ReadFault } from './read-fault.ts'

/** An index (`moov`) without what is large in it, and whether that took anything of the frames' times. */
export interface SmallIndex {
  /** The whole box, with its header. */
  readonly bytes: Uint8Array
  readonly hasAllTimes: boolean
}

/** What holds the boxes that say what a track is. */
const branches = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'mvex']
/** What is as long as it has frames says nothing but where each of them lies. */
const mostLeafBytes = 64 * 1024
const longestHeader = 16
/** More than any writer makes; an index of nothing but empty boxes would be walked for ever. */
const mostBoxes = 400

const boxOf = (type: string, parts: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(parts)
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.length + 8)
  header.write(type, 4, 'latin1')
  return Uint8Array.from(Buffer.concat([header, content]))
}

/**
 * Reads of a large index what is small in it, box by box: what the tracks are, and as many times of frames as fit. Its
 * lists of samples may hold many megabytes, and a damaged one may claim gigabytes. Throws a `ReadFault`.
 */
export const readSmallIndex = async (file: ByteSource, moov: Box): Promise<SmallIndex> => {
  let seen = 0
  let hasAllTimes = true

  const children = async (parent: Box): Promise<Uint8Array[]> => {
    const parts: Uint8Array[] = []
    for (let at = parent.content; at + 8 <= parent.end; ) {
      seen += 1
      if (seen > mostBoxes) throw new ReadFault('too-much-to-read')
      const header = await file.read(at, Math.min(at + longestHeader, parent.end))
      const box = boxAt(header, at, parent.end)
      if (box === null || box.end > parent.end) break
      parts.push(...(await kept(box)))
      at = box.end
    }
    return parts
  }

  const kept = async (box: Box): Promise<Uint8Array[]> => {
    const { type, start, content, end } = box
    if (end - start <= mostLeafBytes) return [await file.read(start, end)]
    if (branches.includes(type)) return [boxOf(type, await children(box))]
    if (type !== 'stts' && type !== 'stsz') return []
    if (type === 'stts') hasAllTimes = false
    const first = Uint8Array.from(await file.read(content, content + mostLeafBytes))
    if (type === 'stts') viewOf(first).setUint32(4, Math.floor((first.length - 8) / 8))
    return [boxOf(type, [first])]
  }

  const bytes = boxOf('moov', await children(moov))
  return { bytes, hasAllTimes }
}
