/** The sandbox for people: `node --import tsx src/sandbox/cli.ts --help`. See docs/sandbox.md. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFAULT_SANDBOX_KEY, startSandbox } from './sandbox.ts'
import type { SeedData } from './sandbox-options.ts'

const USAGE = `Starts the simulated Tavus API on 127.0.0.1.

  --port N            port to listen on (default 4010; 0 takes any free one)
  --key KEY           key it takes (default ${DEFAULT_SANDBOX_KEY}); may be repeated, each key has data of its own
  --data WHAT         sample (default), empty, or a number of generated replicas
  --training SECONDS  how long a training takes (default 180)
  --latency MS        time before each answer (default 0)
`

class UsageError extends Error {}

const readNumber = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${name} needs a whole number`)
  return value
}

const readSeedData = (text: string): SeedData => {
  if (text === 'sample' || text === 'empty') return text
  return { replicas: readNumber('data', text) }
}

const run = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      key: { type: 'string', multiple: true, default: [DEFAULT_SANDBOX_KEY] },
      data: { type: 'string', default: 'sample' },
      training: { type: 'string', default: '180' },
      latency: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return
  }
  const sandbox = await startSandbox({
    port: readNumber('port', values.port),
    apiKeys: values.key,
    seedData: readSeedData(values.data),
    timeLapseMs: readNumber('training', values.training) * 1_000,
    latencyMs: readNumber('latency', values.latency),
    mediaDir: fileURLToPath(new URL('../../resources/sample/', import.meta.url))
  })
  process.stdout.write(`Sandbox at ${sandbox.origin}, key ${values.key.join(' or ')}\n`)
  process.once('SIGINT', () => void sandbox.close())
  process.once('SIGTERM', () => void sandbox.close())
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  process.exitCode = 1
})
