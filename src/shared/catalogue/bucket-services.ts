/** What a service's connections have in common; `REGION` and `ACCOUNT` are the person's to replace. */
interface ServiceFacts {
  readonly endpoint: string
  readonly region: string
  readonly isPathStyle: boolean
}

/** Where people keep buckets. Sources: the services' own pages on their S3 endpoints, November 2026. */
export const bucketServices = {
  aws: { endpoint: 'https://s3.REGION.amazonaws.com', region: '', isPathStyle: false },
  r2: { endpoint: 'https://ACCOUNT.r2.cloudflarestorage.com', region: 'auto', isPathStyle: true },
  b2: { endpoint: 'https://s3.REGION.backblazeb2.com', region: '', isPathStyle: false },
  wasabi: { endpoint: 'https://s3.REGION.wasabisys.com', region: '', isPathStyle: false },
  minio: { endpoint: 'https://', region: 'us-east-1', isPathStyle: true },
  other: { endpoint: 'https://', region: '', isPathStyle: false }
} as const satisfies Readonly<Record<string, ServiceFacts>>

export type BucketService = keyof typeof bucketServices

export const bucketServiceNames = Object.keys(bucketServices) as readonly BucketService[]

/** The service that an endpoint belongs to. */
export const serviceAt = (endpoint: string): BucketService => {
  if (/\.amazonaws\.com$/i.test(endpoint)) return 'aws'
  if (/\.r2\.cloudflarestorage\.com$/i.test(endpoint)) return 'r2'
  if (/\.backblazeb2\.com$/i.test(endpoint)) return 'b2'
  return /\.wasabisys\.com$/i.test(endpoint) ? 'wasabi' : 'other'
}

/** The endpoint of a service for a region, where one follows from the other. */
export const endpointFor = (service: BucketService, region: string): string =>
  bucketServices[service].endpoint.replace('REGION', region.trim() || 'REGION')
