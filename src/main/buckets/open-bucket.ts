import { ok } from '../../shared/result.ts'
import type { OpenBucket } from '../ports/bucket-client.ts'

/** The SDK is large and most starts of the app send nothing, so it is loaded with the first request. */
export const openBucket: OpenBucket = async (connection) => {
  const secret = await connection.readSecret()
  if (!secret.ok) return secret
  const { openS3 } = await import('./s3-client.ts')
  return ok(openS3(connection, secret.value))
}
