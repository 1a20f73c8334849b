import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../ports/clock.ts'
import type { FetchLike } from '../ports/fetch-like.ts'
import type { HttpClient } from '../ports/http-client.ts'
import type { Attempt, LastStep, Release, UpdateSource } from '../ports/update-source.ts'
import { createDownload, isReleaseFile, placeOf } from './download.ts'
import { createFeed } from './feed.ts'
import type { Install } from './installers.ts'
import type { ReleaseChannel } from './release-channel.ts'

export interface UpdateSourceOptions {
  /** Null: nobody is ever asked. */
  readonly channel: ReleaseChannel | null
  /** As `linux-x64`. */
  readonly target: string
  /** Null: this copy of the app is not replaced by itself, as a package manager or the person put it there. */
  readonly install: Install | null
  readonly http: HttpClient
  readonly fetch: FetchLike
  readonly userAgent: string
  readonly clock: Pick<Clock, 'wait'>
  readonly dataFolder: string
}

const nothing = { ok: false, trouble: 'no-file' } as const

/** New versions by a feed that the release key signed; see docs/adr/0025-updates.md. */
export const createUpdateSource = (options: UpdateSourceOptions): UpdateSource => {
  const { channel, install } = options
  const folder = join(options.dataFolder, 'updates')
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true })
  if (channel === null) {
    const none = async (): Promise<Attempt<never>> => nothing
    return { way: 'none', page: null, newest: none, download: none, prepare: none, clear }
  }
  const download = createDownload({ ...options, feed: channel.feed, folder })

  const prepare = async ({ file }: Release): Promise<Attempt<LastStep>> => {
    if (file === null || install === null) return nothing
    const path = placeOf(folder, file)
    if (await isReleaseFile(path, file)) return install(path)
    await clear()
    return { ok: false, trouble: 'wrong-hash' }
  }

  return {
    way: install === null ? 'page' : 'restart',
    page: channel.page,
    newest: createFeed({ ...options, channel }),
    download: async ({ file }, onShare, signal) =>
      file === null ? nothing : download(file, onShare, signal),
    prepare,
    clear
  }
}
