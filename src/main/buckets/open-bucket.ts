import { ok } from '../../shared/result.ts'
import type { OpenBucket } from '../ports/bucket-client.ts'
import { agentsThrough, type ProxiesFor } from './proxy-agents.ts'

/** The SDK is large and most starts of the app send nothing, so it is loaded with the first request. */
export const createOpenBucket =
  (proxiesFor: ProxiesFor): OpenBucket =>
  async (connection) => {
    const secret = await connection.readSecret()
    if (!secret.ok) return secret
    const { openS3 } = await import('./s3-client.ts')
    const agents = await agentsThrough(await proxiesFor(connection.endpoint))
    return ok(openS3(connection, secret.value, agents))
  }
