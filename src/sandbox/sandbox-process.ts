/** Entry of the utility process behind "Explore with sample data"; see `sandbox-messages.ts`. */
import type { ParentPort } from 'electron'
import * as z from 'zod'
import { type SampleSandbox, startSampleSandbox } from './sample-sandbox.ts'
import type { SandboxReport } from './sandbox-messages.ts'

const commandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    resourcesDir: z.string(),
    apiKey: z.string().min(1),
    stateFile: z.string().optional(),
    replicate: z.object({ apiKey: z.string().min(1), stateFile: z.string().optional() }).optional()
  }),
  z.object({ type: z.literal('stop') })
])

/** `process.exit` ends at once since Electron 37, before what was posted has left; main ends this process sooner. */
const partingMs = 1_000

// From Electron 37 on such a rejection would only be warned of, and main would wait for a sandbox that is half dead.
process.on('unhandledRejection', (reason) => {
  throw reason
})

const port: ParentPort = process.parentPort
let running: SampleSandbox | null = null

const report = (message: SandboxReport): void => {
  port.postMessage(message)
}

const stop = async (): Promise<void> => {
  await running?.close()
  report({ type: 'stopped' })
  process.exit(0)
}

const obey = async (message: unknown): Promise<void> => {
  const command = commandSchema.parse(message)
  if (command.type === 'stop') return stop()
  running = await startSampleSandbox(command)
  const { origin, replicateOrigin } = running
  report({ type: 'ready', origin, ...(replicateOrigin === null ? {} : { replicateOrigin }) })
}

port.on('message', ({ data }: { readonly data: unknown }) => {
  obey(data).catch((error: unknown) => {
    report({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
    setTimeout(() => process.exit(1), partingMs)
  })
})
