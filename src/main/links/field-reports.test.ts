import { describe, expect, test } from 'vitest'
import { draftFieldNames, draftFields } from '../../shared/catalogue/draft-fields.ts'
import { linkFindingSchema, linkViewSchema } from '../../shared/domain/link.ts'
import { draftTemplate } from './draft-rows.ts'
import { findLinks } from './find-links.ts'
import { readDraftFile } from './read-draft-file.ts'
import { readLink } from './read-link.ts'

/** What happened to people who do this job (reference/field-reports.md), each report with others of its kind. */
const nowAt = '2026-10-10T12:00:00.000Z'

const read = (text: string) => readLink(text, 'train', { nowAt, allowLoopbackOrigin: null })

/** `code:level` of every finding. */
const told = (text: string): readonly string[] => {
  const reading = read(text)
  if (reading.view !== null) linkViewSchema.parse(reading.view)
  const findings = reading.view === null ? [reading.finding] : reading.view.findings
  for (const finding of findings) linkFindingSchema.parse(finding)
  return findings.map(({ code, level }) => `${code}:${level}`)
}

const detailOf = (text: string, code: string): string | null | undefined =>
  read(text).view?.findings.find((finding) => finding.code === code)?.detail

const digits = '0123456789abcdef'.repeat(4)
const sha1 = Buffer.alloc(20, 7).toString('base64')
const sha256 = Buffer.alloc(32, 7).toString('base64')
const week = Date.parse('2026-10-17T12:00:00Z') / 1000

const v4 = (changes: Readonly<Record<string, string>> = {}): string =>
  new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIAEXAMPLE/20261010/eu-west-1/s3/aws4_request',
    'X-Amz-Date': '20261010T120000Z',
    'X-Amz-Expires': '604800',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': digits,
    ...changes
  }).toString()

const v2 = (key: string, more = ''): string =>
  `AWSAccessKeyId=${key}&Signature=${encodeURIComponent(sha1)}${more}&Expires=${week}`

const sas = (more: string): string => `sv=2024-11-04${more}&sig=${encodeURIComponent(sha256)}`

const U = 'https://cdn.acme.com/a.mp4'
const bucket = 'https://clips.s3.eu-west-1.amazonaws.com'

describe('B1: a link keeps its own punctuation', () => {
  const azure = 'https://acc.blob.core.windows.net/c'
  test.each([
    [`${azure}/Priya's%20take.mp4?${sas('&se=2026-10-17&sr=b&sp=r')}`],
    [`${azure}/take_(2).mp4`],
    [`${azure}/take(2)(final).mp4?a=(b)`],
    [`${azure}/[2]_take.mp4`],
    [`${azure}/{id}.mp4`],
    [`${azure}/a,b;c!d.mp4`],
    [`${azure}/Priya’s.mp4`],
    [`${azure}/a~b*c.mp4?x=$1`],
    [`${azure}/愛子（2）.mp4`]
  ])('%s', (link) => {
    for (const text of [
      link,
      `(see ${link})`,
      `"${link}"`,
      `'${link}', and`,
      `Use ${link}, then`
    ]) {
      expect(findLinks(text)).toEqual([link])
    }
  })
})

test('B1: a closing mark that closes nothing around it stays', () => {
  const link = `${bucket}/a).mp4?${v4()}`
  expect(findLinks(link)).toEqual([link])
})

describe('B2: a # within a name', () => {
  test.each([
    `${bucket}/takes/take#2.mp4?${v4()}`,
    `${bucket}/takes/#1.mp4?${v4()}`,
    `${bucket}/a#b#c.mp4?${v4()}`,
    `${bucket}/takes/take#2.mp4`,
    `https://acc.blob.core.windows.net/c/take#2?${sas('&se=2026-10-17&sr=b&sp=r')}`
  ])('%s is refused, and offered with %23', (link) => {
    expect(findLinks(link)).toEqual([link])
    expect(told(link)).toEqual(
      expect.arrayContaining(['fragment-in-name:error', 'mend-known:note'])
    )
    const { mended } = read(link)
    expect(mended).toBe(link.replaceAll('#', '%23'))
    expect(told(mended ?? '')).not.toContain('fragment-in-name:error')
  })

  test.each([`${U}#t=30`, `${U}#`, `${U}#part-2`])(
    '%s: what is no part of a name is left out',
    (link) => {
      expect(told(link)).toEqual(['not-signed:note'])
    }
  )
})

describe('B3: what pages and programs make of a link is read as it was meant', () => {
  const link = `https://acc.blob.core.windows.net/c/a.mp4?${sas('&st=2026-09-01&se=2026-10-01&sr=b&sp=r')}`
  test.each([
    ['&amp;', link.replaceAll('&', '&amp;')],
    ['&AMP;', link.replaceAll('&', '&AMP;')],
    ['&#38;', link.replaceAll('&', '&#38;')],
    ['&#038;', link.replaceAll('&', '&#038;')],
    ['&#x26;', link.replaceAll('&', '&#x26;')],
    ['&amp;amp;', link.replaceAll('&', '&amp;amp;')],
    ['\\u0026', link.replaceAll('&', '\\u0026')],
    ['\\u003d', link.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d')],
    ['\\x26', link.replaceAll('&', '\\x26')],
    ['\\/', link.replaceAll('/', '\\/')],
    ['\\&, as shells write it', link.replace(/([?&=])/g, '\\$1')],
    ['=3D, as mail is sent', link.replaceAll('=', '=3D').replace('sr', 's=\r\nr')]
  ])('%s', (_what, text) => {
    expect(findLinks(text)).toEqual([link])
    // In a field, a line break is part of what was given.
    const given = /[\r\n]/.test(text) ? link : text
    expect(told(given)).toEqual(['expired:error'])
    expect(read(given).view?.signer).toBe('azure')
  })
})

describe('B4: a session ends before the link does, whoever signed it', () => {
  const plainBucket = 'https://clips.s3.amazonaws.com/a.mp4'
  test.each([
    `${plainBucket}?${v2('ASIAEXAMPLE', '&x-amz-security-token=FwoG')}`,
    `${plainBucket}?${v2('ASIAEXAMPLE')}`,
    `${plainBucket}?${v2('AKIAEXAMPLE', '&x-amz-security-token=FwoG')}`,
    `${bucket}/a.mp4?${v4({ 'X-Amz-Security-Token': 'FwoG' })}`,
    `https://clips.oss-cn-hangzhou.aliyuncs.com/a.mp4?OSSAccessKeyId=STS.Nx&Signature=${encodeURIComponent(sha1)}&Expires=${week}&security-token=CAIS`,
    `https://clips-1250.cos.ap-guangzhou.myqcloud.com/a.mp4?q-sign-algorithm=sha1&q-ak=AKID&q-sign-time=1791000000;${week}&q-key-time=1791000000;${week}&q-header-list=host&q-url-param-list=&q-signature=${'a'.repeat(40)}&x-cos-security-token=x`,
    `https://clips.obs.cn-north-4.myhuaweicloud.com/a.mp4?AccessKeyId=K&Signature=${encodeURIComponent(sha1)}&Expires=${week}&x-obs-security-token=x`
  ])('%s', (link) => {
    const findings = told(link)
    expect(findings).toContain('temporary-credentials:warning')
    expect(findings).not.toContain('valid-long-enough:good')
  })
})

describe('B5: stores that take version 4 only', () => {
  test.each([
    'https://clips.s3.eu-central-1.amazonaws.com/a.mp4',
    'https://s3.eu-central-1.amazonaws.com/clips/a.mp4',
    'https://s3-us-east-2.amazonaws.com/clips/a.mp4',
    'https://clips.s3.dualstack.ap-south-1.amazonaws.com/a.mp4',
    'https://clips.s3.me-central-1.amazonaws.com/a.mp4',
    'https://clips.s3.cn-north-1.amazonaws.com.cn/a.mp4',
    'https://acc123.r2.cloudflarestorage.com/clips/a.mp4',
    'https://clips.s3.us-west-004.backblazeb2.com/a.mp4',
    'https://clips.fly.storage.tigris.dev/a.mp4'
  ])('%s', (link) => {
    expect(told(`${link}?${v2('AKIAEXAMPLE')}`)).toContain('signature-version:error')
    expect(told(`${link}?${v4()}`)).not.toContain('signature-version:error')
  })

  test.each([
    'https://clips.s3.eu-west-1.amazonaws.com/a.mp4',
    'https://clips.s3.amazonaws.com/a.mp4',
    'https://clips.s3.wasabisys.com/a.mp4',
    'https://minio.acme.com/clips/a.mp4'
  ])('%s may take version 2', (link) => {
    const findings = told(`${link}?${v2('AKIAEXAMPLE')}`)
    expect(findings).toContain('valid-long-enough:good')
    expect(findings.filter((one) => /:(?:error|warning)$/.test(one))).toEqual([])
  })
})

describe('B6: half a signature', () => {
  const encoded = encodeURIComponent
  test.each([
    `${bucket}/a.mp4?${v4({ 'X-Amz-Signature': digits.slice(0, 40) })}`,
    `${bucket}/a.mp4?${v4({ 'X-Amz-Signature': digits.slice(0, 63) })}`,
    `${bucket}/a.mp4?${v4({ 'X-Amz-Signature': `${digits}0` })}`,
    `${bucket}/a.mp4?${v4({ 'X-Amz-Signature': digits.replace('0', 'z') })}`,
    `https://clips.s3.amazonaws.com/a.mp4?${v2('AKIA').replace(encoded(sha1), encoded(sha1.slice(0, 20)))}`,
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&se=2026-10-17&sr=b&sp=r&sig=${encoded(sha256.slice(0, 30))}`,
    `https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&se=2026-10-17&sr=b&sp=r&sig=${encoded(sha256.slice(0, 43))}`,
    `https://clips.oss-cn-hangzhou.aliyuncs.com/a.mp4?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=LTAI%2F20261010%2Fcn-hangzhou%2Foss%2Faliyun_v4_request&x-oss-date=20261010T120000Z&x-oss-expires=604800&x-oss-signature=${digits.slice(0, 50)}`,
    `https://clips-1250.cos.ap-guangzhou.myqcloud.com/a.mp4?q-sign-algorithm=sha1&q-sign-time=1;${week}&q-key-time=1;${week}&q-header-list=host&q-signature=${'a'.repeat(33)}`
  ])('%s', (link) => {
    expect(told(link)).toContain('cut-short:error')
  })

  test('a whole one says nothing of the kind', () => {
    expect(told(`${bucket}/a.mp4?${v4()}`)).toEqual(['valid-long-enough:good'])
    expect(
      told(`https://acc.blob.core.windows.net/c/a.mp4?${sas('&se=2026-10-17&sr=b&sp=r')}`)
    ).toEqual(['valid-long-enough:good'])
  })
})

describe('B7: a raw + in a signature', () => {
  test.each([
    `https://clips.s3.amazonaws.com/a.mp4?AWSAccessKeyId=AKIA&Signature=ab+cd/ef=&Expires=${week}`,
    `https://storage.googleapis.com/clips/a.mp4?GoogleAccessId=me&Signature=ab+cd/ef=&Expires=${week}`,
    `https://clips.oss-cn-hangzhou.aliyuncs.com/a.mp4?OSSAccessKeyId=k&Signature=ab+cd/ef=&Expires=${week}`,
    'https://acc.blob.core.windows.net/c/a.mp4?sv=2024-11-04&se=2026-10-17&sr=b&sp=r&sig=ab+cd/ef='
  ])('%s', (link) => {
    expect(told(link)).toContain('raw-plus:warning')
    expect(read(link).mended).toBe(link.replace('+', '%2B'))
    expect(told(read(link).mended ?? '')).not.toContain('raw-plus:warning')
  })
})

describe('B8: a link that contradicts itself', () => {
  const us = v4({ 'X-Amz-Credential': 'AKIAEXAMPLE/20261010/us-east-1/s3/aws4_request' })
  test.each([
    [`https://clips.s3.eu-west-1.amazonaws.com/a.mp4?${us}`, 'us-east-1, eu-west-1'],
    [`https://s3.eu-west-1.amazonaws.com/clips/a.mp4?${us}`, 'us-east-1, eu-west-1'],
    [`https://s3-eu-west-1.amazonaws.com/clips/a.mp4?${us}`, 'us-east-1, eu-west-1'],
    [`https://clips.s3.dualstack.eu-west-1.amazonaws.com/a.mp4?${us}`, 'us-east-1, eu-west-1'],
    [`https://clips.s3.eu-central-1.wasabisys.com/a.mp4?${us}`, 'us-east-1, eu-central-1'],
    [`https://clips.s3.us-west-004.backblazeb2.com/a.mp4?${us}`, 'us-east-1, us-west-004']
  ])('regions: %s', (link, both) => {
    expect(told(link)).toContain('region-mismatch:warning')
    expect(detailOf(link, 'region-mismatch')).toBe(both)
  })

  test.each([
    `https://clips.s3.amazonaws.com/a.mp4?${us}`,
    `https://minio.acme.com/clips/a.mp4?${us}`,
    `https://clips.fra1.digitaloceanspaces.com/a.mp4?${us}`
  ])('%s names one region only', (link) => {
    expect(told(link)).toEqual(['valid-long-enough:good'])
  })

  test.each([
    [
      `${bucket}/a.mp4?${v4({ 'X-Amz-Credential': 'AKIA/20261009/eu-west-1/s3/aws4_request' })}`,
      'scope-date:error'
    ],
    [
      `${bucket}/a.mp4?${v4({ 'X-Amz-Credential': 'AKIA/20261010/eu-west-1/ec2/aws4_request' })}`,
      'other-service:error'
    ],
    [
      `${bucket}/a.mp4?${v4({ 'X-Amz-Credential': 'AKIA%2F20261010%2Feu-west-1%2Fs3%2Faws4_request' })}`,
      'doubly-encoded:error'
    ],
    [`${bucket}/my%2520take.mp4?${v4()}`, 'doubly-encoded:warning'],
    [`https://my.clips.s3.eu-west-1.amazonaws.com/a.mp4?${v4()}`, 'bucket-dots:error'],
    [`https://clips.acme.com.s3.amazonaws.com/a.mp4`, 'bucket-dots:error'],
    [`https://clips.acme.com.storage.googleapis.com/a.mp4`, 'bucket-dots:error'],
    [`https://clips.s3-website-eu-west-1.amazonaws.com/a.mp4?${v4()}`, 'website-host:error'],
    [`https://clips.s3-website.eu-central-1.amazonaws.com/a.mp4`, 'website-host:error'],
    [
      `https://acc.z6.web.core.windows.net/a.mp4?${sas('&se=2026-10-17&sr=b&sp=r')}`,
      'public-host:warning'
    ],
    [`https://pub-0123456789abcdef.r2.dev/a.mp4?${v4()}`, 'public-host:warning'],
    [
      `https://acc.blob.core.windows.net/c/a.mp4?${sas('&st=2026-10-18&se=2026-10-17&sr=b&sp=r')}`,
      'ends-before-start:error'
    ],
    [
      `https://acc.blob.core.windows.net/c/a.mp4?${sas('&skoid=x&st=2026-10-10&se=2026-10-20&ske=2026-10-20&sr=b&sp=r')}`,
      'over-7-days:error'
    ],
    [
      `https://d1.cloudfront.net/b.mp4?Key-Pair-Id=K&Signature=x&Policy=${Buffer.from(
        JSON.stringify({
          Statement: [
            {
              Resource: 'https://d1.cloudfront.net/a.mp4',
              Condition: { DateLessThan: { 'AWS:EpochTime': week } }
            }
          ]
        })
      )
        .toString('base64')
        .replaceAll('+', '-')
        .replaceAll('=', '_')
        .replaceAll('/', '~')}`,
      'policy-for-other:warning'
    ]
  ])('%s', (link, expected) => {
    expect(told(link)).toContain(expected)
  })

  test('what is encoded twice is offered encoded once', () => {
    const link = `${bucket}/a.mp4?${v4()}`
    const twice = link.replaceAll('%2F', '%252F')
    expect(read(twice).mended).toBe(link)
  })

  test('with the bucket in the path, dots do no harm', () => {
    expect(told(`https://s3.eu-west-1.amazonaws.com/my.clips/a.mp4?${v4()}`)).toEqual([
      'valid-long-enough:good'
    ])
  })
})

describe('B9: containers, buckets and folders', () => {
  test.each([
    `https://acc.blob.core.windows.net/videos?${sas('&se=2026-10-17&sr=c&sp=rl')}`,
    `https://acc.blob.core.windows.net/videos/?${sas('&se=2026-10-17&sr=c&sp=rl')}`,
    `https://acc.blob.core.windows.net/?${sas('&se=2026-10-17&ss=b&srt=sco&sp=rl')}`,
    `https://acc.blob.core.windows.net/videos?restype=container&comp=list&${sas('&se=2026-10-17&sr=c&sp=rl')}`,
    `https://clips.s3.eu-west-1.amazonaws.com/?${v4()}`,
    `https://clips.s3.eu-west-1.amazonaws.com/takes/?${v4()}`,
    `https://clips.s3.eu-west-1.amazonaws.com/?list-type=2&prefix=takes%2F&${v4()}`,
    `https://s3.eu-west-1.amazonaws.com/clips?${v4()}`,
    'https://storage.googleapis.com/clips',
    'https://clips.storage.googleapis.com/',
    `https://acc123.r2.cloudflarestorage.com/clips?${v4()}`,
    'https://clips.fra1.digitaloceanspaces.com/'
  ])('%s', (link) => {
    expect(told(link)).toContain('names-container:error')
  })

  test.each([
    `https://acc.blob.core.windows.net/videos/a.mp4?${sas('&se=2026-10-17&sr=c&sp=rl')}`,
    `https://acc.blob.core.windows.net/a.mp4?${sas('&se=2026-10-17&sr=b&sp=r')}`,
    `https://s3.eu-west-1.amazonaws.com/clips/a.mp4?${v4()}`,
    `https://clips.s3.eu-west-1.amazonaws.com/a.mp4?versionId=3&${v4()}`
  ])('%s names a file', (link) => {
    expect(told(link)).toEqual(['valid-long-enough:good'])
  })
})

describe('B10: a clock that is behind', () => {
  const at = (minutes: number): string => {
    const date = new Date(Date.parse(nowAt) + minutes * 60_000).toISOString()
    return `${bucket}/a.mp4?${v4({ 'X-Amz-Date': date.replace(/[-:]|\.\d+/g, '') })}`
  }
  test.each([
    [10, ['valid-long-enough:good']],
    [15, ['valid-long-enough:good']],
    [16, ['signed-ahead:warning', 'valid-long-enough:good']],
    [300, ['signed-ahead:warning', 'valid-long-enough:good']]
  ])('%i minutes', (minutes, expected) => {
    expect(told(at(minutes))).toEqual(expected)
  })

  test('a start that was chosen is another thing', () => {
    const link = `https://acc.blob.core.windows.net/c/a.mp4?${sas('&st=2026-10-11&se=2026-10-17&sr=b&sp=r')}`
    expect(told(link)).toContain('not-yet-valid:error')
  })

  test('a link is judged by the server’s clock, and that is said', () => {
    const link = `${bucket}/a.mp4?${v4()}`
    const { view } = readLink(link, 'train', {
      nowAt,
      localAt: '2026-11-30T00:00:00.000Z',
      allowLoopbackOrigin: null
    })
    expect(view?.findings.map(({ code }) => code)).toEqual(['server-clock', 'valid-long-enough'])
  })
})

describe('B11: markup around a link', () => {
  test.each([
    `[${U}](${U})`,
    `[take](${U})`,
    `[take](${U} "the take")`,
    `![take](<${U}>)`,
    `**${U}**`,
    `*${U}*`,
    `_${U}_`,
    `~~${U}~~`,
    `||${U}||`,
    `\`${U}\``,
    `<${U}>`,
    `<${U}|a.mp4>`,
    `[take|${U}]`,
    `[${U}|${U}]`,
    `[take|${U}|smart-link]`,
    `{noformat}${U}{noformat}`,
    `[url]${U}[/url]`,
    `[url=${U}]take[/url]`,
    `[[${U}][take]]`,
    `${U}[take]`,
    `> ${U}`,
    `- [ ] ${U}`,
    `1. ${U};`,
    `<a href="${U}">${U}</a>`,
    `<a href='${U}'>take</a>`,
    `{"url": "${U}"}`,
    `curl -o a.mp4 '${U}'`,
    `“${U}”`,
    `„${U}“`,
    `«${U}»`
  ])('%s', (text) => {
    expect(findLinks(text)).toEqual([U])
    expect(read(text)).toMatchObject({ url: U })
  })
})

describe('B12: sentences in other scripts', () => {
  const b = 'https://cdn.acme.com/b.mp4'
  test.each([
    `请用这个链接：${U}。谢谢，第二个（${b}）`,
    `${U}，${b}`,
    `${U}；${b}！`,
    `「${U}」と『${b}』`,
    `【${U}】【${b}】`,
    `《${U}》《${b}》`,
    `${U}を使って、${b}です`,
    `${U}？${b}：`,
    `링크: ${U}、${b}입니다`,
    `${U}　${b}`
  ])('%s', (text) => {
    expect(findLinks(text)).toEqual([U, b])
  })
})

describe('B13: a text that was shortened for display', () => {
  test.each([
    'https://cdn.acme.com/videos/priya-raman-final-c…',
    'https://cdn.acme.com/videos/priya-raman-final-c...',
    'https://cdn.acme.com/…/priya.mp4',
    'https://cdn.acme.com/.../priya.mp4',
    'https://cdn.acme.com/videos/priya-raman-final-c%E2%80%A6',
    'https://cdn.acme.com/a.mp4?X-Amz-Signature=abc…',
    'https://cdn.acme.com/videos/priya⋯'
  ])('%s', (text) => {
    const [link = ''] = findLinks(text)
    expect(told(link)).toEqual(['shortened:error'])
    expect(told(text)).toEqual(['shortened:error'])
  })

  test.each([
    'https://cdn.acme.com/videos/Wait%E2%80%A6%20what.mp4',
    'https://cdn.acme.com/videos/Wait…what.mp4',
    'https://cdn.acme.com/videos/so….mp4',
    'https://cdn.acme.com/take%201.../priya.mp4'
  ])('a name may have dots of its own: %s', (text) => {
    const [link = ''] = findLinks(text)
    expect(told(link)).toEqual(['dots-in-name:warning', 'not-signed:note'])
  })

  test.each([
    'https://cdn.acme.com/videos/...and-action.mp4',
    'https://cdn.acme.com/videos/wait...what.mp4',
    'https://cdn.acme.com/a.mp4?response-content-disposition=inline%3B%20filename%3Dso%E2%80%A6.mp4'
  ])('and nothing is said where nobody cuts: %s', (text) => {
    const [link = ''] = findLinks(text)
    expect(told(link).filter((code) => /shortened|dots/.test(code))).toEqual([])
  })

  test('the dots of a sentence are none', () => {
    expect(findLinks(`Look at ${U}…`)).toEqual([U])
    expect(findLinks(`Look at ${U}...`)).toEqual([U])
  })
})

describe('B14: pages that need a login or a click', () => {
  const inner = `${bucket}/a.mp4?${v4()}`
  const e = encodeURIComponent
  test.each<[string, string | null]>([
    ['https://storage.cloud.google.com/clips/a.mp4', 'https://storage.googleapis.com/clips/a.mp4'],
    [
      'https://github.com/acme/clips/blob/main/a.mp4',
      'https://github.com/acme/clips/raw/main/a.mp4'
    ],
    [
      'https://gitlab.com/acme/clips/-/blob/main/a.mp4',
      'https://gitlab.com/acme/clips/-/raw/main/a.mp4'
    ],
    [
      'https://huggingface.co/acme/c/blob/main/a.mp4',
      'https://huggingface.co/acme/c/resolve/main/a.mp4'
    ],
    ['https://bitbucket.org/acme/c/src/main/a.mp4', 'https://bitbucket.org/acme/c/raw/main/a.mp4'],
    [
      'https://www.dropbox.com/scl/fi/x/a.mp4?rlkey=k&dl=0',
      'https://www.dropbox.com/scl/fi/x/a.mp4?rlkey=k&dl=1'
    ],
    ['https://www.dropbox.com/s/x/a.mp4', 'https://www.dropbox.com/s/x/a.mp4?dl=1'],
    [
      'https://firebasestorage.googleapis.com/v0/b/c.appspot.com/o/a.mp4?token=1',
      'https://firebasestorage.googleapis.com/v0/b/c.appspot.com/o/a.mp4?token=1&alt=media'
    ],
    [
      'https://cloud.acme.com/s/aBcDeFgHiJkLmNo',
      'https://cloud.acme.com/s/aBcDeFgHiJkLmNo/download'
    ],
    ['https://drive.google.com/file/d/1/view', null],
    ['https://s3.console.aws.amazon.com/s3/object/clips?prefix=a.mp4', null],
    ['https://portal.azure.com/#blade/x', null],
    ['https://acme.slack.com/files/U1/F1/a.mp4', null],
    ['https://app.frame.io/reviews/1', null],
    ['https://acme.zoom.us/rec/share/1', null]
  ])('%s', (link, direct) => {
    expect(told(link)).toContain('share-page:error')
    expect(read(link).mended).toBe(direct)
    expect(told(link).includes('mend-known:note')).toBe(direct !== null)
  })

  test.each([
    `https://eur01.safelinks.protection.outlook.com/?url=${e(inner)}&data=05&reserved=0`,
    `https://www.google.com/url?q=${e(inner)}&sa=D`,
    `https://slack-redir.net/link?url=${e(inner)}`,
    `https://l.facebook.com/l.php?u=${e(inner)}&h=AT`,
    `https://linkprotect.cudasvc.com/url?a=${e(inner)}&c=E`,
    `https://urldefense.com/v3/__${inner}__;!!x`,
    `https://urldefense.proofpoint.com/v2/url?u=${e(inner).replaceAll('-', '-2D').replaceAll('_', '-5F').replaceAll('%', '-')}&d=x`
  ])('%s leads on', (link) => {
    expect(told(link)).toContain('wrapped-link:error')
    expect(read(link).mended).toBe(inner)
    expect(JSON.stringify(read(link).view)).not.toContain(digits)
  })

  test.each([
    'https://github.com/acme/clips/raw/main/a.mp4',
    'https://github.com/acme/clips/releases/download/v1/a.mp4',
    'https://raw.githubusercontent.com/acme/clips/main/a.mp4',
    'https://huggingface.co/acme/c/resolve/main/a.mp4'
  ])('%s is a file', (link) => {
    expect(told(link)).toEqual(['not-signed:note'])
  })

  test('files that are gone within the hour', () => {
    expect(told('https://replicate.delivery/xezq/abc/out.mp4')).toContain('passing-host:error')
  })
})

describe('B15: every signer whose end can be read', () => {
  test('the report’s own link', () => {
    const link =
      'https://f002.backblazeb2.com/file/c/a.mp4?Authorization=3_20261010110000_a1b2c3d4e5f6_0123456789abcdef_20261010120000_0022_dnld'
    expect(told(link)).toEqual(['expired:error'])
    expect(read(link).view).toMatchObject({ signer: 'b2', validUntilAt: nowAt })
  })

  test.each(['DeleteObject', 'HeadObject', 'ListObjectsV2'])(
    'x-id=%s is no link to read',
    (name) => {
      expect(told(`${bucket}/a.mp4?${v4({ 'x-id': name })}`)).toContain('other-method:error')
    }
  )

  test.each(['PutObject', 'UploadPart', 'CopyObject', 'CreateMultipartUpload'])(
    'x-id=%s is for uploading',
    (name) => {
      expect(told(`${bucket}/a.mp4?${v4({ 'x-id': name })}`)).toContain('made-for-upload:error')
    }
  )
})

describe('B16: names that no public resolver knows', () => {
  test.each([
    'minio.lan',
    'nas.home',
    'files.corp',
    'wiki.intranet',
    'storage.private',
    'minio.docker',
    'media.test',
    'box.invalid',
    'clips.onion',
    'fritz.box',
    'nas.fritz.box',
    'router.home.arpa',
    'minio.default.svc.cluster.local',
    'ip-10-0-0-1.ec2.internal',
    'laptop.tail1234.ts.net',
    '10.0.0.1.nip.io',
    'app-192-168-1-4.sslip.io',
    'clips.vpce-0a1b.s3.us-east-1.vpce.amazonaws.com',
    'acc.privatelink.blob.core.windows.net',
    'clips.oss-cn-hangzhou-internal.aliyuncs.com',
    'lvh.me',
    'nas.workgroup',
    'server.domain',
    'host.docker.internal'
  ])('%s', (host) => {
    expect(told(`https://${host}/clips/a.mp4?${v4()}`)).toContain('private-address:error')
  })

  test('one word is no name of a server', () => {
    expect(told('https://minio:9000/clips/a.mp4')).toContain('bad-host:error')
  })

  test.each([
    'cdn.acme.com',
    'клипы.рф',
    'clips.москва',
    '8.8.8.8.nip.io',
    'a.photography',
    'x.公司'
  ])('%s is public', (host) => {
    expect(told(`https://${host}/a.mp4`)).not.toContain('private-address:error')
  })
})

describe('B17: spaces, escapes and comments', () => {
  const spaced = `${bucket}/takes/my take 1.mp4?${v4()}`
  test.each([
    [spaced, [spaced]],
    [`${bucket}/my take.mp4\n${U}`, [`${bucket}/my take.mp4`, U]],
    [`1. ${spaced}`, [spaced]],
    [`Video: ${spaced}`, [spaced]],
    [
      `${bucket}/a.mp4?response-content-disposition=attachment; filename=my take.mp4&${v4()}`,
      [`${bucket}/a.mp4?response-content-disposition=attachment; filename=my take.mp4&${v4()}`]
    ],
    ['https:\\/\\/cdn.acme.com\\/a.mp4', [U]],
    ['{"links":["https:\\/\\/cdn.acme.com\\/a.mp4"]}', [U]],
    [`# ${U}`, [U]],
    [`// ${U}`, [U]],
    [`; ${U}`, [U]],
    [`${U} ${U}?2`, [U, `${U}?2`]],
    [`see ${U} and my take.mp4`, [U]],
    [`see https://cdn.acme.com/a and then b.mp4`, ['https://cdn.acme.com/a']],
    [
      `<${bucket}/a.mp4?X-Amz-Algorithm=x&\r\n  X-Amz-Date=y>`,
      [`${bucket}/a.mp4?X-Amz-Algorithm=x&X-Amz-Date=y`]
    ],
    [`${bucket}/a.mp4?${v4().slice(0, 90)}\r\n${v4().slice(90)}`, [`${bucket}/a.mp4?${v4()}`]]
  ])('%j', (text, links) => {
    expect(findLinks(text)).toEqual(links)
  })

  test('a space is read as %20', () => {
    expect(told(spaced)).toEqual(['valid-long-enough:good'])
    expect(read(spaced)).toMatchObject({ url: spaced.replaceAll(' ', '%20') })
  })

  test('two links in one field are told', () => {
    expect(told(`${U} ${U}?2`)).toEqual(['several-links:error'])
  })
})

test('the template gives every field its column, and is read as it was filled in', async () => {
  const filled: Readonly<Record<string, string>> = {
    train_video_url: U,
    train_image_url: `${U}?i`,
    consent_video_url: `${U}?c`,
    callback_url: `${U}?h`,
    replica_name: 'Zoe',
    spoken_name: 'Zoë Müller',
    model_name: 'phoenix-3',
    voice_name: 'Warm',
    default_voice_id: 'v1',
    green_screen: 'yes',
    type: 'personal',
    train_from: 'video',
    consent_in: 'separate',
    auto_fix_training_image: 'yes'
  }
  const columns = draftTemplate().trim().split(',')
  expect(columns.toSorted()).toEqual(
    draftFieldNames.flatMap((field) => draftFields[field].columns.slice(0, 1)).toSorted()
  )
  expect(columns).toEqual(expect.arrayContaining(Object.keys(filled)))
  const row = columns.map((column) => filled[column] ?? '').join(',')
  const rows = await readDraftFile('template.csv', `${draftTemplate()}${row}\r\n`)
  expect(rows.ok && rows.value).toEqual([
    {
      links: {
        trainVideoUrl: U,
        trainImageUrl: `${U}?i`,
        consentVideoUrl: `${U}?c`,
        callbackUrl: `${U}?h`
      },
      values: {
        replicaName: 'Zoe',
        spokenName: 'Zoë Müller',
        model: 'phoenix-3',
        voiceName: 'Warm',
        voiceId: 'v1',
        hasGreenScreen: true,
        subject: 'personal',
        trainFrom: 'video',
        hasImageFix: true,
        consentIn: 'consent-video'
      },
      issues: []
    }
  ])
})

describe('tables and shortcuts', () => {
  const rowsOf = async (name: string, text: string, guessed: string | null = null) => {
    const rows = await readDraftFile(name, text, guessed)
    if (!rows.ok) return JSON.stringify(rows.error)
    return rows.value.map(({ links, values }) => [
      values.replicaName ?? '',
      links.trainVideoUrl ?? ''
    ])
  }
  const zoe = [['Zoe', U]]

  test.each([
    ['A2', `"train_video_url","replica_name"\r\n"${U}","Zoe"\r\n`],
    ['C1, saved under .txt', `replica_name\ttrain_video_url\r\nZoe\t${U}\r\n`],
    ['C3', `sep=;\r\nreplica_name;train_video_url\r\nZoe;${U}\r\n`],
    ['C3 quoted', `"sep=,"\r\nreplica_name,train_video_url\r\nZoe,${U}\r\n`],
    ['C3 with an unusual one', `sep=|\r\nreplica_name|train_video_url\r\nZoe|${U}\r\n`],
    ['a type above', `#TYPE System.Object\r\n"replica_name","train_video_url"\r\n"Zoe","${U}"\r\n`],
    ['a title above', `Takes of October;\r\n;\r\nName;Video\r\nZoe;${U}\r\n`],
    ['a comment above', `# exported 2026-10-10\nname,url\nZoe,${U}\n`],
    ['a sum below', `name,url\nZoe,${U}\n\nTotal,1\n`],
    ['a count below', `name|url\nZoe|${U}\n(1 row)\n`],
    ['the end of DOS', `name,url\r\nZoe,${U}\r\n\u001a\0\0`],
    ['its names again', `name,url\nZoe,${U}\nname,url\n`],
    ['a remark between', `name,url\n# the first\nZoe,${U}\n`],
    ['a formula', `name;url\nZoe;"=HYPERLINK(""${U}"",""take"")"\n`]
  ])('%s', async (what, text) => {
    const name = what.startsWith('C1') ? 'takes.txt' : 'takes.csv'
    const rows = await rowsOf(name, text)
    const read =
      typeof rows === 'string' ? rows : rows.map(([who, link = '']) => [who, findLinks(link)[0]])
    expect(read).toEqual(zoe)
  })

  test.each([
    [
      'url\r\nhttps://res.cloudinary.com/demo/video/upload/w_300,h_200/a.mp4',
      'https://res.cloudinary.com/demo/video/upload/w_300,h_200/a.mp4'
    ],
    ['"url"\r\nhttps://x.com/a;b/a.mp4\r\n', 'https://x.com/a;b/a.mp4'],
    ['Video\nhttps://x.com/w_300,h_200/a.mp4', 'https://x.com/w_300,h_200/a.mp4'],
    ['url,name\nhttps://x.com/w_300,h_200/a.mp4,Zoe', 'https://x.com/w_300,h_200/a.mp4'],
    ['name,url\nZoe,https://x.com/w_300,h_200/a.mp4', 'https://x.com/w_300,h_200/a.mp4'],
    ['name;url\nZoe;https://x.com/a;v=1/a.mp4', 'https://x.com/a;v=1/a.mp4']
  ])('C4: %j', async (text, link) => {
    const rows = await rowsOf('takes.csv', text)
    expect(typeof rows === 'string' ? rows : rows.map(([, url]) => url)).toEqual([link])
  })

  test('C2: a row says how it was read, if it has letters that this was a guess for', async () => {
    const text = `name;url\nZoë Müller;${U}\nAnna;${U}?2`
    const rows = await readDraftFile('takes.csv', text, 'windows-1252')
    expect(rows.ok && rows.value.map(({ issues }) => issues)).toEqual([
      [{ field: 'replicaName', code: 'read-as:windows-1252', said: null }],
      []
    ])
    const certain = await readDraftFile('takes.csv', text)
    expect(certain.ok && certain.value.flatMap(({ issues }) => issues)).toEqual([])
  })

  test.each([
    [
      '[InternetShortcut]\r\nURL=https://x.com/??.mp4\r\n[InternetShortcut.W]\r\nURL=https://x.com/愛子.mp4\r\n',
      'https://x.com/愛子.mp4'
    ],
    [
      '[InternetShortcut]\r\nURL=https://x.com/??.mp4\r\n[InternetShortcut.W]\r\nURL=https://x.com/+YRtbUA-.mp4\r\n',
      'https://x.com/愛子.mp4'
    ],
    [
      '[InternetShortcut.W]\r\nURL=https://x.com/+YRtbUA.mp4\r\n[InternetShortcut]\r\nURL=https://x.com/??.mp4\r\n',
      'https://x.com/愛子.mp4'
    ],
    ['[InternetShortcut.W]\r\nURL=https://x.com/a+-b.mp4\r\n', 'https://x.com/a+b.mp4'],
    [
      '[InternetShortcut.W]\r\nURL=https://x.com/a.mp4?Signature=ab+cd/ef=\r\n',
      'https://x.com/a.mp4?Signature=ab+cd/ef='
    ]
  ])('C5: %j', async (text, link) => {
    expect(await rowsOf('take.url', text)).toEqual([['', link]])
  })

  test('C5: a link of a Linux desktop', async () => {
    const text = `[Desktop Entry]\nEncoding=UTF-8\nType=Link\nName=Take\nURL=${U}\nIcon=text-html\n`
    expect(await rowsOf('take.desktop', text)).toEqual([['', U]])
    expect(await rowsOf('take.desktop', text.replace('URL=', 'URL[$e]='))).toEqual([['', U]])
  })
})
