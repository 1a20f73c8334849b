import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type UtilityProcess, utilityProcess } from 'electron'
import type { SandboxCommand, SandboxReport } from '../../sandbox/sandbox-messages.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Environment } from '../environment.ts'
import type { Log } from '../ports/log.ts'

/** Where the sample provider answers during this run, and the key it takes. */
export interface SampleAddress {
  readonly origin: string
  readonly apiKey: string
}

const startDeadlineMs = 10_000

/** The sample data's provider: the sandbox in a process of its own, on loopback, started when it is needed. */
export const createSampleProvider = (environment: Environment, log: Log) => {
  let child: UtilityProcess | null = null
  let started: Promise<Result<SampleAddress>> | null = null

  const start = (): Promise<Result<SampleAddress>> =>
    new Promise((resolve) => {
      const apiKey = randomBytes(16).toString('hex')
      const process = utilityProcess.fork(environment.sandboxFile, [], {
        serviceName: 'Replica Desk sample data'
      })
      child = process
      const giveUp = setTimeout(() => process.kill(), startDeadlineMs)
      process.on('message', (report: SandboxReport) => {
        if (report.type === 'ready') resolve(ok({ origin: report.origin, apiKey }))
        if (report.type === 'failed')
          log.warn('The sample data did not start', { why: report.message })
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
          apiKey,
          stateFile: join(environment.dataFolder, 'sample-data.json')
        } satisfies SandboxCommand)
      )
      process.on('message', () => clearTimeout(giveUp))
    })

  return {
    /** Starts it, or answers where it already runs. `sample-not-started` if it does not come up. */
    ensure: (): Promise<Result<SampleAddress>> => {
      started ??= start()
      return started
    },
    stop: (): void => {
      child?.postMessage({ type: 'stop' } satisfies SandboxCommand)
    }
  }
}
