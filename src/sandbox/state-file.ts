import { readFile, rename, writeFile } from 'node:fs/promises'
import type * as z from 'zod'

/** The state of an earlier run; `damaged` when the file was there but could not be used and was set aside. */
export type StoredState<Snapshot> =
  | { readonly kind: 'found'; readonly snapshot: Snapshot }
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly keptAs: string }

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const parseSnapshot = <Snapshot>(text: string, schema: z.ZodType<Snapshot>): Snapshot | null => {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Reads the state file. One that cannot be used is renamed, never cleared. */
export const readStateFile = async <Snapshot>(
  file: string,
  schema: z.ZodType<Snapshot>
): Promise<StoredState<Snapshot>> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return null
    throw error
  })
  if (text === null) return { kind: 'absent' }
  const snapshot = parseSnapshot(text, schema)
  if (snapshot !== null) return { kind: 'found', snapshot }
  const keptAs = `${file}.damaged`
  await rename(file, keptAs)
  return { kind: 'damaged', keptAs }
}

/** Writes snapshots one after the other, each as a whole or not at all; a newer one replaces one that waits. */
export const createStateWriter = <Snapshot>(file: string) => {
  let latest: (() => Snapshot) | null = null
  let writing: Promise<void> = Promise.resolve()
  let failure: unknown

  const writeLatest = async (): Promise<void> => {
    if (latest === null) return
    const text = JSON.stringify(latest())
    latest = null
    await writeFile(`${file}.new`, text, { mode: 0o600, flush: true })
    await rename(`${file}.new`, file)
  }

  return {
    save: (snapshot: () => Snapshot): void => {
      latest = snapshot
      writing = writing.then(writeLatest).catch((error: unknown) => {
        failure ??= error
      })
    },
    /** Resolves when everything handed in so far is on disk, or rejects with the first failure. */
    settled: async (): Promise<void> => {
      await writing
      if (failure !== undefined) throw failure
    }
  }
}
