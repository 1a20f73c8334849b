import * as z from 'zod'

export interface CloudFrontPolicy {
  readonly untilMs: number
  readonly fromMs: number | null
  readonly isForSomeAddresses: boolean
}

const epoch = z.object({ 'AWS:EpochTime': z.number() })
const policySchema = z.object({
  Statement: z
    .array(
      z.object({
        Condition: z.object({
          DateLessThan: epoch,
          DateGreaterThan: epoch.optional(),
          IpAddress: z.object({ 'AWS:SourceIp': z.string() }).optional()
        })
      })
    )
    .min(1)
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Reads a custom policy: base64 with three characters of its own, JSON inside. Null if it is not one. */
export const readCloudFrontPolicy = (text: string): CloudFrontPolicy | null => {
  const base64 = text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/')
  const policy = policySchema.safeParse(parse(Buffer.from(base64, 'base64').toString('utf8')))
  const condition = policy.data?.Statement[0]?.Condition
  if (condition === undefined) return null
  const from = condition.DateGreaterThan?.['AWS:EpochTime']
  const addresses = condition.IpAddress?.['AWS:SourceIp']
  return {
    untilMs: condition.DateLessThan['AWS:EpochTime'] * 1000,
    fromMs: from === undefined ? null : from * 1000,
    isForSomeAddresses: addresses !== undefined && !/\/0$/.test(addresses)
  }
}
