import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type UtilityProcess, utilityProcess } from 'electron'
import type { SandboxCommand, SandboxReport } from '../../sandbox/sandbox-messages.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Environment } from '../environment.ts'
import type { Log } from '../ports/log.ts'

/** Where a sample provider answers during this run, and the key it takes. */
export interface SampleAddress {
  readonly origin: string
  readonly apiKey: string
}

/** Each provider that the sample data is played at. */
export type SampleAddresses = Readonly<Partial<Record<ProviderId, SampleAddress>>>

const startDeadlineMs = 10_000

const newKeys = () => ({
  tavus: randomBytes(16).toString('hex'),
  // As Replicate writes its tokens.
  replicate: `r8_${randomBytes(18).toString('hex')}0`
})

/** The sample data's providers: the sandbox in a process of its own, on loopback, started when it is needed. */
export const createSampleProvider = (environment: Environment, log: Log) => {
  let child: UtilityProcess | null = null
  let started: Promise<Result<SampleAddresses>> | null = null

  const start = (): Promise<Result<SampleAddresses>> =>
    new Promise((resolve) => {
      const keys = newKeys()
      const process = utilityProcess.fork(environment.sandboxFile, [], {
        serviceName: 'Replica Desk sample data'
      })
      child = process
      const giveUp = setTimeout(() => process.kill(), startDeadlineMs)
      process.on('message', (report: SandboxReport) => {
        if (report.type === 'ready' && report.replicateOrigin !== undefined) {
          resolve(
            ok({
              tavus: { origin: report.origin, apiKey: keys.tavus },
              replicate: { origin: report.replicateOrigin, apiKey: keys.replicate }
            })
          )
        }
        if (report.type === 'failed') {
          log.warn('The sample data did not start', { why: report.message })
          process.kill()
        }
      })
      process.on('exit', () => {
        clearTimeout(giveUp)
        child = null
        started = null
        resolve(fail({ kind: 'sample-not-started' }))
      })
      process.on('spawn', () =>
        process.postMessage({
          type: 'start',
          resourcesDir: environment.resourcesFolder,
          apiKey: keys.tavus,
          stateFile: join(environment.dataFolder, 'sample-data.json'),
          replicate: {
            apiKey: keys.replicate,
            stateFile: join(environment.dataFolder, 'sample-replicate.json')
          }
        } satisfies SandboxCommand)
      )
      process.on('message', () => clearTimeout(giveUp))
    })

  return {
    /** Starts it, or answers where it already runs. `sample-not-started` if it does not come up. */
    ensure: (): Promise<Result<SampleAddresses>> => {
      started ??= start()
      return started
    },
    stop: (): void => {
      child?.postMessage({ type: 'stop' } satisfies SandboxCommand)
    }
  }
}
