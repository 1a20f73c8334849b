/** The sandbox for people: `node --import tsx src/sandbox/cli.ts --help`. See docs/sandbox.md. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { endlessReplicate, endlessTavus } from './endless-rows.ts'
import type { ReplicateSeedData } from './replicate-options.ts'
import { DEFAULT_REPLICATE_KEY, startReplicateSandbox } from './replicate-sandbox.ts'
import { DEFAULT_SANDBOX_KEY, startSandbox } from './sandbox.ts'
import type { SeedData } from './sandbox-options.ts'

const USAGE = `Starts the simulated API of Tavus, and of Replicate if asked, on 127.0.0.1.

  --port N            port of Tavus (default 4010; 0 takes any free one)
  --key KEY           key it takes (default ${DEFAULT_SANDBOX_KEY}); may be repeated, each key has data of its own
  --replicate-port N  plays Replicate too, on this port
  --token TOKEN       token it takes (default ${DEFAULT_REPLICATE_KEY}); may be repeated
  --data WHAT         sample (default), empty, or a number of generated replicas and models
  --training SECONDS  how long a training takes (default 180)
  --removal SECONDS   how long the removal of a version takes (default 120)
  --latency MS        time before each answer (default 0)
  --endless BYTES     a list of replicas that never ends, with so many characters a row; of predictions at Replicate
`

class UsageError extends Error {}

const readNumber = (name: string, text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${name} needs a whole number`)
  return value
}

const readSeedData = (text: string): SeedData & ReplicateSeedData => {
  if (text === 'sample' || text === 'empty') return text
  const count = readNumber('data', text)
  return { replicas: count, models: count }
}

const readArgs = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      key: { type: 'string', multiple: true, default: [DEFAULT_SANDBOX_KEY] },
      'replicate-port': { type: 'string' },
      token: { type: 'string', multiple: true, default: [DEFAULT_REPLICATE_KEY] },
      data: { type: 'string', default: 'sample' },
      training: { type: 'string', default: '180' },
      removal: { type: 'string', default: '120' },
      latency: { type: 'string', default: '0' },
      endless: { type: 'string' },
      help: { type: 'boolean', default: false }
    }
  }).values

const mediaDir = fileURLToPath(new URL('../../resources/sample/', import.meta.url))

type Args = ReturnType<typeof readArgs>

/** An endless list for people: rows of the size that was asked for. */
const endlessOf = ({ endless }: Args) =>
  endless === undefined
    ? null
    : ({ rows: 'fresh', rowBytes: readNumber('endless', endless) } as const)

const startReplicate = async (args: Args, port: string): Promise<void> => {
  const endless = endlessOf(args)
  const replicate = await startReplicateSandbox({
    port: readNumber('replicate-port', port),
    apiKeys: args.token,
    seedData: readSeedData(args.data),
    removalMs: readNumber('removal', args.removal) * 1_000,
    ...(endless === null ? {} : endlessReplicate({ list: 'predictions', ...endless })),
    latencyMs: readNumber('latency', args.latency),
    mediaDir
  })
  process.stdout.write(`Replicate at ${replicate.origin}/v1, token ${args.token.join(' or ')}\n`)
  closeOnSignal(replicate)
}

const closeOnSignal = (sandbox: { close(): Promise<void> }): void => {
  process.once('SIGINT', () => void sandbox.close())
  process.once('SIGTERM', () => void sandbox.close())
}

const run = async (): Promise<void> => {
  const args = readArgs()
  if (args.help) {
    process.stdout.write(USAGE)
    return
  }
  const endless = endlessOf(args)
  const sandbox = await startSandbox({
    port: readNumber('port', args.port),
    apiKeys: args.key,
    seedData: readSeedData(args.data),
    timeLapseMs: readNumber('training', args.training) * 1_000,
    ...(endless === null ? {} : endlessTavus({ list: 'replicas', ...endless })),
    latencyMs: readNumber('latency', args.latency),
    mediaDir
  })
  process.stdout.write(`Sandbox at ${sandbox.origin}, key ${args.key.join(' or ')}\n`)
  closeOnSignal(sandbox)
  const { 'replicate-port': replicatePort } = args
  if (replicatePort !== undefined) await startReplicate(args, replicatePort)
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
  // What had started before would keep the process.
  process.exit(1)
})
