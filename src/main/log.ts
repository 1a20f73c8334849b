import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import log from 'electron-log/node'
import { redact, redactError } from '../shared/redact.ts'
import { errorCode } from './files/disk-reason.ts'
import type { Log } from './ports/log.ts'
import { readableStack } from './readable-stack.ts'

const maxFileBytes = 1_000_000

const logFile = (folder: string): string => join(folder, 'logs', 'main.log')

/** The log file in the data folder; every line is redacted before it is written. */
export const openLog = (folder: string, newReference: () => string): Log => {
  log.transports.file.resolvePathFn = () => logFile(folder)
  log.transports.file.maxSize = maxFileBytes
  log.transports.console.level = false
  const line = (message: string, facts: Readonly<Record<string, unknown>> | undefined): string =>
    redact(facts === undefined ? message : `${message} ${JSON.stringify(facts)}`)
  return {
    info: (message, facts) => log.info(line(message, facts)),
    warn: (message, facts) => log.warn(line(message, facts)),
    bug: (error) => {
      const reference = newReference()
      log.error(`bug ${reference}: ${redactError(error, readableStack)}`)
      return reference
    }
  }
}

/** The end of the log, for a bug report; empty if there is none yet. */
export const lastLogLines = (folder: string): readonly string[] => {
  try {
    return readFileSync(logFile(folder), 'utf8').split('\n').slice(-200)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}
