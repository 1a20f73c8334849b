import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { folderReceiptFormat } from './folder-receipt.ts'
import { Bounds, Refusal } from './json.ts'
import { chainFormat, contentsFormat, extractFormat, receiptFormat } from './receipt-shape.ts'
import type { Options, Verdict } from './verdict.ts'
import { verifyHistory } from './verify-history.ts'
import { findingOf, refusedAsUnknown, verifyReceipt } from './verify-receipt.ts'

const largestReceiptBytes = 48 * 1024 * 1024

/** A pipe or a device could go on without end. */
const mustBeFile = async (path: string) => {
  if (!(await stat(path)).isFile()) {
    throw Object.assign(new Error('Not a file'), { code: 'not a regular file' })
  }
}

const startOf = async (path: string) => {
  await mustBeFile(path)
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The bytes of a receipt. Reading ends where no receipt goes on, so a file costs little, whatever it holds. */
const receiptBytes = async (path: string) => {
  await mustBeFile(path)
  if ((await stat(path)).size > largestReceiptBytes) throw tooLarge()
  const parts: Buffer[] = []
  let size = 0
  const bounds = new Bounds()
  for await (const part of createReadStream(path)) {
    size += part.length
    if (size > largestReceiptBytes) throw tooLarge()
    bounds.feed(part)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const tooLarge = () => new Refusal('too-large', 'It is larger than any receipt.')

/** Checks a receipt in a file. Throws only if it cannot be read. */
export const verifyReceiptFile = async (path: string, options: Options) => {
  const fileName = basename(path)
  try {
    return verifyReceipt(fileName, await receiptBytes(path), options)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { verdict: refusedAsUnknown(fileName, findingOf(error)), receipt: null }
  }
}

/** A receipt is one object over many lines, an exported history an object a line that tells no format. */
const isHistoryStart = (start: Buffer) => {
  const [line = ''] = start
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  if ([chainFormat, contentsFormat, extractFormat].some((one) => line.includes(`"${one}"`)))
    return true
  const isReceipt = [receiptFormat, folderReceiptFormat].some((one) => line.includes(`"${one}"`))
  return /^\s*\{"/.test(line) && /"(?:seq|prevHash)":/.test(line) && !isReceipt
}

/** Checks a file, whichever it is. Throws only if it cannot be read. */
export const verifyFile = async (path: string, options: Options = {}): Promise<Verdict> => {
  return isHistoryStart(await startOf(path))
    ? verifyHistory(basename(path), createReadStream(path), options)
    : (await verifyReceiptFile(path, options)).verdict
}
