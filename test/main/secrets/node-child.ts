/** For tests: a Node process in the place of Electron's utility process. */
import { type ChildProcess, fork } from 'node:child_process'
import type { UtilityChild } from '../../../src/main/secrets/keychain-calls.ts'

export interface NodeChild extends UtilityChild {
  readonly process: ChildProcess
}

/** Runs a TypeScript file; `kill` is immediate, and messages lost to a dead process are no error. */
export const forkNode = (file: URL, env: NodeJS.ProcessEnv = process.env): NodeChild => {
  const child = fork(file, { execArgv: ['--import', 'tsx'], env, stdio: 'ignore' })
  return {
    process: child,
    postMessage: (message) => {
      child.send(Object(message), () => undefined)
    },
    kill: () => child.kill('SIGKILL'),
    on: (event: 'message' | 'exit', listener: (value: never) => void) =>
      child.on(event as 'exit', listener as () => void)
  }
}
