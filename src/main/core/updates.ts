import { autoUpdater, net, session } from 'electron'
import type { Environment } from '../environment.ts'
import { createApiFetch } from '../http/electron-fetch.ts'
import { createNetFetch } from '../http/net-fetch.ts'
import { createHttpClient } from '../http/net-http-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { UpdateSource } from '../ports/update-source.ts'
import {
  handToSquirrel,
  type Install,
  replaceAppImage,
  runNsisInstaller
} from '../updates/installers.ts'
import { type ReleaseChannel, releaseChannel } from '../updates/release-channel.ts'
import { createUpdateSource } from '../updates/update-source.ts'

/** Says nothing of the version or the system: nobody counts who asks. */
const userAgent = 'ReplicaDesk'

const installOf = ({ installation }: Environment, clock: Clock): Install | null => {
  switch (installation.kind) {
    case 'app-image':
      return replaceAppImage(installation.file)
    case 'nsis':
      return runNsisInstaller()
    case 'mac':
      return handToSquirrel(autoUpdater, clock)
    case 'other':
      return null
  }
}

const channelOf = ({ updateTrial }: Environment): ReleaseChannel | null =>
  updateTrial === null
    ? releaseChannel
    : { ...updateTrial, page: new URL('releases', updateTrial.feed).href }

/** Where new versions come from, through a session of its own that keeps nothing. */
export const createSource = (
  environment: Environment,
  clock: Clock,
  log: Log,
  stopping: AbortSignal
): UpdateSource => {
  const own = session.fromPartition('updates', { cache: false })
  const fetch = createApiFetch(own)
  return createUpdateSource({
    channel: channelOf(environment),
    target: `${environment.platform}-${process.arch}`,
    install: installOf(environment, clock),
    http: createHttpClient({
      fetch,
      fetchOnce: fetch,
      clock,
      random: Math.random,
      userAgent,
      log,
      stopping
    }),
    fetch: createNetFetch((options) => net.request({ ...options, session: own })),
    userAgent,
    clock,
    dataFolder: environment.dataFolder
  })
}
