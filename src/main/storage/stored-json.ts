import { DamagedValueError } from './sql.ts'

/** Reads JSON of our own. What does not parse was not stored so. */
export const storedJson = <T>(text: string): T => {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new DamagedValueError('Stored JSON does not parse')
  }
}
