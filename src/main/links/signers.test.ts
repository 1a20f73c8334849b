import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact, redactError } from '../../shared/redact.ts'
import { readLink } from './read-link.ts'

const endMs = Date.parse('2026-10-17T12:00:00.000Z')
const seconds = endMs / 1000
const sha1 = encodeURIComponent(Buffer.alloc(20, 7).toString('base64'))
const sha256 = encodeURIComponent(Buffer.alloc(32, 7).toString('base64'))
const digits = '0123456789abcdef'.repeat(4)
const iso = '2026-10-17T12:00:00Z'
const token = 'wPq7Zk2vT9xLr4Ns8Yc1Bd6Fg3Hj5Km0'

const jwt = (claims: unknown): string =>
  [{ alg: 'HS256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(token)
    .join('.')

const policy = (condition: unknown): string =>
  Buffer.from(
    JSON.stringify({
      Statement: [{ Resource: 'https://d1.cloudfront.net/*', Condition: condition }]
    })
  )
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~')

const v4 = (prefix: string, scope: string, algorithm: string): string =>
  `${prefix}-Credential=KEY%2F20261010%2F${scope}&${prefix}-Date=20261010T120000Z&${prefix}-Expires=604800&${prefix}-SignedHeaders=host&${prefix}-Signature=${digits}&${algorithm}`
const aws = (region: string): string =>
  v4('X-Amz', `${region}%2Fs3%2Faws4_request`, 'X-Amz-Algorithm=AWS4-HMAC-SHA256')

/** Every signer whose end can be read, with a link that ends at the same second. */
const links: readonly (readonly [signer: string, what: string, link: string])[] = [
  ['s3', 'Amazon S3', `https://clips.s3.eu-west-1.amazonaws.com/a.mp4?${aws('eu-west-1')}`],
  [
    's3',
    'an access point',
    `https://ap-123.s3-accesspoint.eu-west-1.amazonaws.com/a.mp4?${aws('eu-west-1')}`
  ],
  ['r2', 'Cloudflare R2', `https://acc123.r2.cloudflarestorage.com/clips/a.mp4?${aws('auto')}`],
  ['r2', 'R2 in the EU', `https://clips.acc123.eu.r2.cloudflarestorage.com/a.mp4?${aws('auto')}`],
  ['wasabi', 'Wasabi', `https://s3.eu-central-1.wasabisys.com/clips/a.mp4?${aws('eu-central-1')}`],
  [
    'b2',
    'Backblaze B2',
    `https://clips.s3.us-west-004.backblazeb2.com/a.mp4?${aws('us-west-004')}`
  ],
  [
    'spaces',
    'DigitalOcean Spaces',
    `https://clips.fra1.digitaloceanspaces.com/a.mp4?${aws('us-east-1')}`
  ],
  ['tigris', 'Tigris', `https://clips.t3.storage.dev/a.mp4?${aws('auto')}`],
  ['s3-compatible', 'MinIO', `https://minio.acme.com/clips/a.mp4?${aws('us-east-1')}`],
  ['s3-compatible', 'Hetzner', `https://clips.fsn1.your-objectstorage.com/a.mp4?${aws('fsn1')}`],
  ['s3-compatible', 'Scaleway', `https://clips.s3.fr-par.scw.cloud/a.mp4?${aws('fr-par')}`],
  ['gcs', 'Google as S3', `https://storage.googleapis.com/clips/a.mp4?${aws('auto')}`],
  [
    'gcs',
    'Google Cloud Storage',
    `https://storage.googleapis.com/clips/a.mp4?${v4('X-Goog', 'auto%2Fstorage%2Fgoog4_request', 'X-Goog-Algorithm=GOOG4-RSA-SHA256')}`
  ],
  [
    'oss',
    'Alibaba OSS, version 4',
    `https://clips.oss-cn-hangzhou.aliyuncs.com/a.mp4?${v4('x-oss', 'cn-hangzhou%2Foss%2Faliyun_v4_request', 'x-oss-signature-version=OSS4-HMAC-SHA256')}`
  ],
  [
    'tos',
    'Volcengine TOS',
    `https://clips.tos-cn-beijing.volces.com/a.mp4?${v4('X-Tos', 'cn-beijing%2Ftos%2Frequest', 'X-Tos-Algorithm=TOS4-HMAC-SHA256')}`
  ],
  [
    's3-v2',
    'S3, version 2',
    `https://clips.s3.amazonaws.com/a.mp4?AWSAccessKeyId=AKIA&Signature=${sha1}&Expires=${seconds}`
  ],
  [
    'wasabi',
    'Wasabi, version 2',
    `https://clips.s3.wasabisys.com/a.mp4?AWSAccessKeyId=K&Signature=${sha1}&Expires=${seconds}`
  ],
  [
    'gcs-v2',
    'Google, version 2',
    `https://storage.googleapis.com/clips/a.mp4?GoogleAccessId=me&Signature=ab&Expires=${seconds}`
  ],
  [
    'oss',
    'Alibaba OSS, version 1',
    `https://clips.oss-cn-hangzhou.aliyuncs.com/a.mp4?OSSAccessKeyId=k&Signature=${sha1}&Expires=${seconds}`
  ],
  [
    'obs',
    'Huawei OBS',
    `https://clips.obs.cn-north-4.myhuaweicloud.com/a.mp4?AccessKeyId=k&Signature=${sha1}&Expires=${seconds}`
  ],
  [
    'azure',
    'Azure, for a blob',
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&sr=b&sp=r&se=${iso}&sig=${sha256}`
  ],
  [
    'azure',
    'Azure, for an account',
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&ss=b&srt=o&sp=r&se=${iso}&sig=${sha256}`
  ],
  [
    'azure',
    'Azure, for a container',
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&sr=c&sp=rl&se=${iso}&sig=${sha256}`
  ],
  [
    'azure',
    'Azure, user delegation',
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&sr=b&sp=r&skoid=o&sktid=t&skt=2026-10-10&se=2026-10-17T18:00:00Z&ske=${iso}&sig=${sha256}`
  ],
  [
    'cloudfront',
    'CloudFront, canned',
    `https://d1.cloudfront.net/a.mp4?Expires=${seconds}&Signature=x&Key-Pair-Id=K`
  ],
  [
    'cloudfront',
    'CloudFront, custom',
    `https://d1.cloudfront.net/a.mp4?Policy=${policy({ DateLessThan: { 'AWS:EpochTime': seconds } })}&Signature=x&Key-Pair-Id=K`
  ],
  [
    'cos',
    'Tencent COS',
    `https://clips-1.cos.ap-guangzhou.myqcloud.com/a.mp4?q-sign-algorithm=sha1&q-ak=A&q-sign-time=1791000000;${seconds}&q-key-time=1791000000;1999999999&q-header-list=host&q-url-param-list=&q-signature=${'a'.repeat(40)}`
  ],
  [
    'swift',
    'OpenStack Swift',
    `https://objects.acme.com/v1/A/c/a.mp4?temp_url_sig=${digits}&temp_url_expires=${seconds}`
  ],
  [
    'swift',
    'Swift, as a date',
    `https://objects.acme.com/v1/A/c/a.mp4?temp_url_sig=${digits}&temp_url_expires=${iso}`
  ],
  [
    'b2',
    'Backblaze, of its own',
    'https://f002.backblazeb2.com/file/c/a.mp4?Authorization=3_20261010120000_aa_bb_20261017120000_0022_dnld'
  ],
  [
    'token',
    'Akamai, in the query',
    `https://cdn.acme.com/a.mp4?hdnts=st=1791000000~exp=${seconds}~acl=/*~hmac=ab`
  ],
  ['token', 'Akamai, in the path', `https://cdn.acme.com/exp=${seconds}~acl=%2f*~hmac=ab/a.mp4`],
  [
    'token',
    'Cloudinary',
    `https://res.cloudinary.com/demo/video/authenticated/a.mp4?__cld_token__=exp=${seconds}~hmac=ab`
  ],
  [
    'token',
    'Cloudinary, a download',
    `https://api.cloudinary.com/v1_1/demo/video/download?public_id=a&timestamp=1791000000&signature=ab&expires_at=${seconds}`
  ],
  ['token', 'Bunny', `https://acme.b-cdn.net/a.mp4?token=${token}&expires=${seconds}`],
  [
    'token',
    'Bunny, in the path',
    `https://acme.b-cdn.net/bcdn_token=${token}&expires=${seconds}&token_path=%2Fa%2F/a/a.mp4`
  ],
  ['token', 'KeyCDN', `https://acme.kxcdn.com/a.mp4?token=${token}&expire=${seconds}`],
  ['token', 'CDN77', `https://1.cdn77.org/${token},${seconds}/a.mp4`],
  ['token', 'Qiniu', `https://cdn.acme.com/a.mp4?e=${seconds}&token=ak:${token}`],
  ['token', 'ImageKit', `https://ik.imagekit.io/acme/a.mp4?ik-t=${seconds}&ik-s=ab`],
  ['token', 'nginx', `https://cdn.acme.com/a.mp4?md5=ab&expires=${seconds}`],
  [
    'token',
    'Supabase',
    `https://x.supabase.co/storage/v1/object/sign/clips/a.mp4?token=${jwt({ url: 'clips/a.mp4', exp: seconds })}`
  ],
  ['token', 'Mux', `https://stream.mux.com/x/high.mp4?token=${jwt({ exp: seconds, aud: 'v' })}`],
  [
    'token',
    'Cloudflare Stream',
    `https://customer-x.cloudflarestream.com/${jwt({ exp: seconds })}/downloads/default.mp4`
  ],
  [
    'token',
    'Discord',
    `https://cdn.discordapp.com/attachments/1/2/a.mp4?ex=${seconds.toString(16)}&is=${(seconds - 86400).toString(16)}&hm=ab`
  ],
  [
    'token',
    'Facebook',
    `https://video.xx.fbcdn.net/v/a.mp4?oh=00_ab&oe=${seconds.toString(16).toUpperCase()}`
  ]
]

const at = (link: string, ms: number) =>
  readLink(link, 'train', { nowAt: new Date(ms).toISOString(), allowLoopbackOrigin: null })

const codesAt = (link: string, ms: number): readonly string[] =>
  at(link, ms).view?.findings.map(({ code }) => code) ?? []

const day = 24 * 3_600_000

describe('every signer', () => {
  test.each(links)(
    '%s: %s ends at its second, and Tavus has its 24 hours before',
    (signer, _what, link) => {
      expect(at(link, endMs - 6 * day).view).toMatchObject({
        signer,
        validUntilAt: '2026-10-17T12:00:00.000Z'
      })
      expect(codesAt(link, endMs - 2 * day)).toContain('valid-long-enough')
      expect(codesAt(link, endMs - day)).toContain('under-36h')
      expect(codesAt(link, endMs - day + 1000)).toContain('under-24h')
      expect(codesAt(link, endMs - 1000)).toContain('under-24h')
      expect(codesAt(link, endMs - 1000)).not.toContain('expired')
      expect(codesAt(link, endMs)).toContain('expired')
      expect(codesAt(link, endMs + 1000)).toContain('expired')
    }
  )

  test.each(links)('%s: %s has nothing else against it, in time', (_signer, _what, link) => {
    const { view } = at(link, endMs - 6 * day)
    const against = view?.findings.filter(({ level }) => level === 'error' || level === 'warning')
    expect(against).toEqual([])
  })
})

describe('ends that no link tells', () => {
  test.each([
    [
      'a policy kept at Azure',
      `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&sr=b&si=read&sig=${sha256}`
    ],
    [
      'a token of Oracle',
      'https://objectstorage.eu-frankfurt-1.oraclecloud.com/p/AbCdEfGhIjKlMnOpQrStUvWx/n/ns/b/clips/o/a.mp4'
    ],
    ['a token without an end', `https://cdn.acme.com/a.mp4?jwt=${jwt({ sub: 'x' })}`],
    ['a token that says nothing', `https://cdn.acme.com/a.mp4?token=${token}`],
    ['a signature of a stranger', 'https://cdn.acme.com/a.mp4?my_signature=ab']
  ])('%s', (_what, link) => {
    expect(codesAt(link, endMs)).toEqual(['expiry-unknown'])
  })

  test('a link of Firebase holds until its token is taken back', () => {
    const link =
      'https://firebasestorage.googleapis.com/v0/b/x.appspot.com/o/a.mp4?alt=media&token=1'
    expect(codesAt(link, endMs)).toEqual(['not-signed'])
  })
})

describe('nothing that grants access is in what is kept, shown or logged', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{14,24}$/).map((text) => `zq7${text}`)
  /** Every value of a link that is neither its host, its name nor a time, replaced by a secret. */
  const withSecret = (link: string, text: string): string =>
    link
      .replace(
        /(Signature|sig|token|hmac|Credential|Id|q-ak|_sig|md5|ik-s|hm|oh|Policy|signature)=[^&~;/]*/g,
        `$1=${text}`
      )
      .replace(token, text)

  test.each(links)('%s: %s', (_signer, _what, link) => {
    fc.assert(
      fc.property(secret, (text) => {
        const given = withSecret(link, text)
        const reading = at(given, endMs)
        const error = new Error(`Could not fetch ${given}`, { cause: new TypeError(given) })
        const kept = [
          JSON.stringify(reading.view ?? reading.finding),
          redact(`failed: ${given}`),
          redactError(error)
        ]
        for (const one of kept) expect(one.toLowerCase()).not.toContain(text.toLowerCase())
      }),
      { numRuns: 15 }
    )
  })
})
