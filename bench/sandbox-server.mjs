import { tsImport } from 'tsx/esm/api'

const [apiKey, replicaCount, latencyMs] = process.argv.slice(2)

const { startSandbox } = await tsImport('../src/sandbox/sandbox.ts', import.meta.url)
const sandbox = await startSandbox({
  apiKeys: [apiKey],
  seedData: { replicas: Number(replicaCount) },
  latencyMs: Number(latencyMs)
})

process.on('message', () => {
  const { requests } = sandbox
  process.send({ listings: requests.filter(isListing).length })
})
process.send({ origin: sandbox.origin })

function isListing({ method, path }) {
  return method === 'GET' && path.split('?')[0] === '/v2/replicas'
}
