import { failureLines } from './step-failure.mjs'

/** Runs a command's main function; a failure ends in words and exit code 1. */
export async function runMain(main, out = process.stdout) {
  try {
    process.exitCode = await main()
  } catch (error) {
    for (const line of failureLines(error)) out.write(`${line}\n`)
    process.exitCode = 1
  }
}
