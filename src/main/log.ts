import { join } from 'node:path'
import log from 'electron-log/node'
import { redact, redactError } from '../shared/redact.ts'
import type { Log } from './ports/log.ts'

const maxFileBytes = 1_000_000

/** The log file in the data folder; every line is redacted before it is written. */
export const openLog = (folder: string, newReference: () => string): Log => {
  log.transports.file.resolvePathFn = () => join(folder, 'logs', 'main.log')
  log.transports.file.maxSize = maxFileBytes
  log.transports.console.level = false
  const line = (message: string, facts: Readonly<Record<string, unknown>> | undefined): string =>
    redact(facts === undefined ? message : `${message} ${JSON.stringify(facts)}`)
  return {
    info: (message, facts) => log.info(line(message, facts)),
    warn: (message, facts) => log.warn(line(message, facts)),
    bug: (error) => {
      const reference = newReference()
      log.error(`bug ${reference}: ${redactError(error)}`)
      return reference
    }
  }
}
