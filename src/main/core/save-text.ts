import type { Result } from '../../shared/result.ts'
import { writeWhole } from '../receipts/write-whole.ts'

/** Saves a text whole or not at all: on the disk and read back before it gets its name. */
export const saveText = (path: string, text: string): Promise<Result<null>> =>
  writeWhole(path, Buffer.from(text, 'utf8'))
