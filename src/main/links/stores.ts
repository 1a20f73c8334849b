import type { LinkFinding, LinkSigner } from '../../shared/domain/link.ts'
import type { LinkQuery } from './link-query.ts'

/** What the address of a store says, before anything is said about a signature. */
export interface Place {
  /** Whose store it is; null: a host that could be anybody’s, such as a MinIO server or a domain of one’s own. */
  readonly store: LinkSigner | null
  readonly region: string | null
  readonly bucket: string | null
  /** The object’s name, as it stands in the path; empty for a bucket itself. */
  readonly key: string
  /** An endpoint for web pages: no signatures, and at Amazon no TLS. */
  readonly isWebsite: boolean
  /** An address for public objects only, at which a signature for the store’s own address says nothing. */
  readonly isPublicOnly: boolean
  /** True if the bucket is a part of the host name and itself has a dot: no certificate covers that. */
  readonly hasUncoveredName: boolean
  /** False: requests signed with version 2 are refused there; null: not known. */
  readonly takesVersion2: boolean | null
}

interface StoreFacts {
  readonly store: LinkSigner
  /** Named groups: `bucket` if it is in the host name, `region` if it is. */
  readonly host: RegExp
  readonly isWebsite?: true
  readonly isPublicOnly?: true
  /** Whether requests signed with version 2 are taken, where that is known. */
  readonly takesVersion2?: boolean
  /** True where no path starts with the bucket: it is in the host name, or there is none. */
  readonly hasNoBucketInPath?: true
}

/** `eu-west-1`, `us-gov-west-1`. */
const AWS_REGION = '(?<region>[a-z]{2}(?:-[a-z]+)+-\\d)'
/** Amazon’s regions of before 2014, the only ones that ever took version 2 (AWS, "Signature Version 2 turned off"). */
const OLD_REGIONS: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'sa-east-1',
  'us-gov-west-1'
])

/** Stores by their hosts. Sources: each service’s list of endpoints, read in November 2026. */
const stores: readonly StoreFacts[] = [
  {
    store: 's3',
    host: new RegExp(`^(?<bucket>.+)\\.s3-website[.-]${AWS_REGION}\\.amazonaws\\.com(?:\\.cn)?$`),
    isWebsite: true,
    hasNoBucketInPath: true
  },
  {
    store: 's3',
    host: new RegExp(
      `^(?<bucket>[^.]+)\\.s3-(?:accesspoint|object-lambda)(?:-fips)?(?:\\.dualstack)?\\.${AWS_REGION}\\.amazonaws\\.com(?:\\.cn)?$`
    ),
    hasNoBucketInPath: true
  },
  {
    store: 's3',
    host: new RegExp(
      `^(?:(?<bucket>.+)\\.)?s3express-[a-z0-9-]+(?:\\.dualstack)?\\.${AWS_REGION}\\.amazonaws\\.com$`
    ),
    takesVersion2: false
  },
  {
    store: 's3',
    host: new RegExp(
      `^(?:(?<bucket>.+)\\.)?s3(?:-fips|-accelerate|-external-1)?(?:\\.dualstack)?(?:[.-]${AWS_REGION})?\\.amazonaws\\.com(?:\\.cn)?$`
    )
  },
  { store: 'r2', host: /^pub-[0-9a-f]+\.r2\.dev$/, isPublicOnly: true, hasNoBucketInPath: true },
  {
    store: 'r2',
    host: /^(?:(?<bucket>[^.]+)\.)?[0-9a-z]+(?:\.(?:eu|fedramp))?\.r2\.cloudflarestorage\.com$/,
    takesVersion2: false
  },
  { store: 'wasabi', host: /^(?:(?<bucket>.+)\.)?s3(?:\.(?<region>[a-z0-9-]+))?\.wasabisys\.com$/ },
  {
    store: 'b2',
    host: /^(?:(?<bucket>.+)\.)?s3\.(?<region>[a-z0-9-]+)\.backblazeb2\.com$/,
    takesVersion2: false
  },
  { store: 'spaces', host: /^(?:(?<bucket>.+)\.)?[a-z]{3}\d(?:\.cdn)?\.digitaloceanspaces\.com$/ },
  {
    store: 'tigris',
    host: /^(?:(?<bucket>.+)\.)?(?:fly\.storage\.tigris\.dev|t3\.storage\.dev|t3\.tigrisfiles\.io)$/,
    takesVersion2: false
  },
  {
    store: 's3-compatible',
    host: /^(?:(?<bucket>.+)\.)?s3\.(?<region>[a-z0-9-]+)\.(?:scw\.cloud|io\.cloud\.ovh\.(?:net|us|ca)|perf\.cloud\.ovh\.net|cloud-object-storage\.appdomain\.cloud|storage\.selcloud\.ru)$/
  },
  {
    store: 's3-compatible',
    host: /^(?:(?<bucket>.+)\.)?(?<region>[a-z]+\d+)\.(?:your-objectstorage\.com|vultrobjects\.com|contabostorage\.com)$/
  },
  {
    store: 's3-compatible',
    host: /^(?:(?<bucket>.+)\.)?(?<region>[a-z]+-[a-z]+(?:-\d)?)\.linodeobjects\.com$/
  },
  { store: 'gcs', host: /^(?:(?<bucket>.+)\.)?storage(?:-download)?\.googleapis\.com$/ },
  {
    store: 'oss',
    host: /^(?:(?<bucket>.+)\.)?oss-(?:accelerate|(?<region>[a-z0-9-]+))\.aliyuncs\.com$/
  },
  {
    store: 'cos',
    host: /^(?<bucket>.+)\.cos-website\.(?<region>[a-z0-9-]+)\.myqcloud\.com$/,
    isWebsite: true,
    hasNoBucketInPath: true
  },
  {
    store: 'cos',
    host: /^(?:(?<bucket>.+)\.)?cos\.(?:accelerate|(?<region>[a-z0-9-]+))\.(?:myqcloud|tencentcos)\.com$/
  },
  { store: 'obs', host: /^(?:(?<bucket>.+)\.)?obs\.(?<region>[a-z0-9-]+)\.myhuaweicloud\.com$/ },
  {
    store: 'tos',
    host: /^(?:(?<bucket>.+)\.)?tos-(?<region>[a-z0-9-]+)\.(?:volces|bytepluses)\.com$/
  },
  {
    store: 'azure',
    host: /^[a-z0-9]+(?:-secondary)?\.(?:z\d+\.)?blob\.(?:core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|storage\.azure\.net)$/
  },
  { store: 'azure', host: /^[a-z0-9]+(?:-secondary)?\.dfs\.core\.windows\.net$/ },
  {
    store: 'azure',
    host: /^[a-z0-9]+(?:-secondary)?\.(?:z\d+\.)?web\.core\.windows\.net$/,
    isWebsite: true,
    hasNoBucketInPath: true
  }
]

const nowhere: Place = {
  store: null,
  region: null,
  bucket: null,
  key: '',
  isWebsite: false,
  isPublicOnly: false,
  hasUncoveredName: false,
  takesVersion2: null
}

const takesVersion2 = (facts: StoreFacts, region: string | null): boolean | null => {
  if (facts.takesVersion2 !== undefined) return facts.takesVersion2
  return facts.store === 's3' && region !== null ? OLD_REGIONS.has(region) : null
}

/** Reads the address alone. */
export const placeOf = (url: URL): Place => {
  const host = url.hostname.replace(/\.$/, '')
  for (const facts of stores) {
    const match = facts.host.exec(host)
    if (match === null) continue
    const inHost = match.groups?.['bucket'] ?? null
    const region = match.groups?.['region'] ?? (host.includes('s3-external-1') ? 'us-east-1' : null)
    const [first = '', ...rest] = url.pathname.replace(/^\/+/, '').split('/')
    const isInHost = inHost !== null || facts.hasNoBucketInPath === true
    // No container of Azure has a dot in its name: what has one lies in the root container.
    const isInRoot = facts.store === 'azure' && rest.length === 0 && first.includes('.')
    const key = (isInHost || isInRoot ? [first, ...rest] : rest).join('/')
    return {
      store: facts.store,
      region,
      bucket: inHost ?? (isInHost || first === '' ? null : first),
      key,
      isWebsite: facts.isWebsite === true,
      isPublicOnly: facts.isPublicOnly === true,
      hasUncoveredName: inHost?.includes('.') ?? false,
      takesVersion2: takesVersion2(facts, region)
    }
  }
  return nowhere
}

/** Parts of a store that are asked for by name in the query: lists and settings, not an object. */
const SUBRESOURCES = [
  ...[
    'acl',
    'cors',
    'delete',
    'lifecycle',
    'list-type',
    'location',
    'logging',
    'restore',
    'prefix'
  ],
  ...['tagging', 'torrent', 'uploads', 'versioning', 'versions', 'website', 'comp', 'restype']
]

/** What speaks against an address, signed or not. */
export const placeFindings = (place: Place, url: URL, query: LinkQuery): readonly LinkFinding[] => {
  if (place.store === null) return []
  const findings: LinkFinding[] = []
  const isTls = url.protocol === 'https:'
  if (place.isWebsite && place.store === 's3') {
    findings.push({ code: 'website-host', level: 'error', detail: null })
  }
  if (place.hasUncoveredName && isTls && !place.isWebsite) {
    findings.push({
      code: 'bucket-dots',
      level: 'error',
      detail: place.bucket?.slice(0, 100) ?? null
    })
  }
  const asked = SUBRESOURCES.find((name) => query.has(name))
  if (!place.isWebsite && (/(?:^|\/)$/.test(place.key) || asked !== undefined)) {
    findings.push({ code: 'names-container', level: 'error', detail: null })
  }
  return findings
}
