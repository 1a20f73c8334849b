import type { UpdateTrouble } from '../../shared/catalogue/update-troubles.ts'
import type { UpdateStatus } from '../../shared/domain/update.ts'

/** A file of a release, as the signed feed names it. */
export interface ReleaseFile {
  /** Below the feed's folder, with slashes. */
  readonly path: string
  readonly sizeBytes: number
  /** SHA-512 in Base64. */
  readonly sha512: string
}

/** What the signed feed says of the newest release. */
export interface Release {
  readonly version: string
  /** What this system installs; null if there is no such file. */
  readonly file: ReleaseFile | null
}

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: UpdateTrouble }

/** Answers whether it ends the app itself. */
export type LastStep = () => boolean

/** Where new versions come from, and how they take the place of this one. */
export interface UpdateSource {
  readonly way: UpdateStatus['way']
  /** The page of releases, for the person's browser; null if this build knows none. */
  readonly page: string | null
  /** Asks for the newest release. What is answered was signed with the release key, whatever its version. */
  newest(signal: AbortSignal): Promise<Attempt<Release>>
  /**
   * Downloads the release's file and holds it to its hash; a file that differs is deleted. `onShare` is told from 0 to 1.
   * One that lies here from an earlier run is not downloaded again.
   */
  download(
    release: Release,
    onShare: (share: number) => void,
    signal: AbortSignal
  ): Promise<Attempt<null>>
  /**
   * Makes ready what `download` brought, after holding it to its hash once more. What it answers is the last step, to be
   * taken when the app has stopped and is about to leave: the new version takes this one's place and is started.
   */
  prepare(release: Release): Promise<Attempt<LastStep>>
  /** Removes what was downloaded. */
  clear(): Promise<void>
}
