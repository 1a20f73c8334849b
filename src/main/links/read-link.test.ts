import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUsableLink } from '../../shared/catalogue/draft-fields.ts'
import { linkFindingSchema, linkViewSchema } from '../../shared/domain/link.ts'
import { type LinkPurpose, readLink } from './read-link.ts'

const nowAt = '2026-03-01T12:00:00.000Z'
const sandbox = 'http://127.0.0.1:4010'
const context = { nowAt, allowLoopbackOrigin: sandbox }

const read = (text: string, purpose: LinkPurpose = 'train') => readLink(text, purpose, context)

/** `code:level` or `code:level:detail` of every finding. */
const told = (text: string, purpose: LinkPurpose = 'train'): readonly string[] => {
  const reading = read(text, purpose)
  const findings = reading.view === null ? [reading.finding] : reading.view.findings
  for (const finding of findings) linkFindingSchema.parse(finding)
  if (reading.view !== null) linkViewSchema.parse(reading.view)
  return findings.map(({ code, level, detail }) =>
    detail === null ? `${code}:${level}` : `${code}:${level}:${detail}`
  )
}

const viewOf = (text: string, purpose: LinkPurpose = 'train') => {
  const { view } = read(text, purpose)
  if (view === null) throw new Error('expected a link')
  return view
}

/** 64 digits, as every signature of version 4 has. */
const whole = 'c0ffee00'.repeat(8)
const S3 = 'https://clips.s3.eu-central-1.amazonaws.com/2026/priya-take3.mp4'

const s3 = (changes: Readonly<Record<string, string | null>> = {}, base = S3): string => {
  const parameters: Readonly<Record<string, string | null>> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIAEXAMPLE/20260301/eu-central-1/s3/aws4_request',
    'X-Amz-Date': '20260301T120000Z',
    'X-Amz-Expires': '604800',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': whole,
    ...changes
  }
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`]
  )
  return `${base}?${query.join('&')}`
}

const unix = (at: string): string => String(Date.parse(at) / 1000)

const cloudFront = (condition: unknown): string => {
  const policy = JSON.stringify({
    Statement: [{ Resource: 'https://d1.cloudfront.net/*', Condition: condition }]
  })
  const text = Buffer.from(policy).toString('base64')
  const safe = text.replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~')
  return `https://d1.cloudfront.net/x.mp4?Policy=${safe}&Signature=ab-cd_&Key-Pair-Id=K1`
}

const until = (at: string) => ({ DateLessThan: { 'AWS:EpochTime': Number(unix(at)) } })

const sha1 = encodeURIComponent(Buffer.alloc(20, 0xfa).toString('base64'))
const sha256 = encodeURIComponent(Buffer.alloc(32, 0xfa).toString('base64'))

const azure = (query: string): string =>
  `https://acc.blob.core.windows.net/c/x.mp4?${query.replace(/sig=ab?$/, `sig=${sha256}`)}`

describe('what is no address of a public server', () => {
  test.each([
    ['http://127.1/', 'private-address:error:127.0.0.1'],
    ['http://2130706433/', 'private-address:error:127.0.0.1'],
    ['http://0177.0.0.1/', 'private-address:error:127.0.0.1'],
    ['http://0x7f.1/', 'private-address:error:127.0.0.1'],
    ['https://１２７.0.0.1/', 'private-address:error:127.0.0.1'],
    ['https://①②⑦.0.0.1/', 'private-address:error:127.0.0.1'],
    ['https://localhost./', 'private-address:error:localhost'],
    ['https://%6cocalhost/', 'private-address:error:localhost'],
    ['https://a.localhost/', 'private-address:error:a.localhost'],
    ['https://nas.local/x.mp4', 'private-address:error:nas.local'],
    ['https://files.internal./x.mp4', 'private-address:error:files.internal'],
    ['https://[::1]/', 'private-address:error:::1'],
    ['https://[::ffff:169.254.169.254]/', 'private-address:error:::ffff:a9fe:a9fe'],
    ['https://[::127.0.0.1]/', 'private-address:error:::7f00:1'],
    ['https://[64:ff9b::a00:1]/', 'private-address:error:64:ff9b::a00:1'],
    ['https://[2002:7f00:1::]/', 'private-address:error:2002:7f00:1::'],
    ['https://[fe80::1]/', 'private-address:error:fe80::1'],
    ['https://[fd00::1]/', 'private-address:error:fd00::1'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address:error:169.254.169.254'],
    ['https://100.100.100.200/', 'private-address:error:100.100.100.200'],
    ['https://10.0.0.1/', 'private-address:error:10.0.0.1'],
    ['https://192.168.1.4:8443/', 'private-address:error:192.168.1.4'],
    ['https://0/', 'private-address:error:0.0.0.0'],
    ['https://255.255.255.255/', 'private-address:error:255.255.255.255'],
    ['http://127.0.0.1:4011/x.mp4', 'private-address:error:127.0.0.1'],
    ['https://a..b/', 'bad-host:error:a..b'],
    ['https://.../', 'bad-host:error:..'],
    ['https://intranet/x.mp4', 'bad-host:error:intranet'],
    [`https://${'a'.repeat(400)}.local/`, `private-address:error:${'a'.repeat(253)}`],
    ['https://good.example@evil.example/', 'has-user-info:error'],
    ['https://good.example%2f@evil.example/', 'has-user-info:error'],
    ['https://user:pw@host.example/x.mp4', 'has-user-info:error'],
    ['http://files.example/x.mp4', 'not-https:error:http'],
    ['https://files.example:22/x.mp4', 'unusual-port:error:22']
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected)
    expect(isUsableLink(viewOf(text))).toBe(false)
    expect(told(text, 'callback')).toContain(expected)
  })
})

describe('what is no link at all', () => {
  test.each([
    ['', 'not-a-link:error'],
    ['   ', 'not-a-link:error'],
    ['hello', 'not-a-link:error'],
    ['https://[fe80::1%25eth0]/', 'bad-host:error'],
    ['https://files.example:65536/', 'bad-host:error'],
    ['https://good.example\\@evil.example/', 'not-a-link:error'],
    ['https:host/x', 'not-a-link:error'],
    ['https:///host', 'not-a-link:error'],
    ['https://files.example/a\tb', 'hidden-characters:error'],
    ['https://files.example/a\nb', 'hidden-characters:error'],
    ['https://files.example/a\0b', 'hidden-characters:error'],
    ['https://files.example/a\u202eb', 'hidden-characters:error'],
    ['https://files.ex\u200bample/a', 'hidden-characters:error'],
    ['file:///etc/passwd', 'not-a-link:error:file'],
    ['\\\\server\\share\\x.mp4', 'not-a-link:error:file'],
    ['C:\\x.mp4', 'not-a-link:error:file'],
    ['javascript:alert(1)', 'not-a-link:error:javascript'],
    ['data:text/html,x', 'not-a-link:error:data'],
    ['blob:https://files.example/1', 'not-a-link:error:blob'],
    ['smb://h/x', 'not-a-link:error:smb'],
    ['app://../../etc/passwd', 'not-a-link:error:app'],
    ['app://bundle/%2e%2e%2fmain.js', 'not-a-link:error:app'],
    ['media://999999', 'not-a-link:error:media'],
    ['secret:pw@host', 'not-a-link:error'],
    ['s3://bucket/key.mp4', 'not-https:error:s3'],
    ['ftp://files.example/x.mp4', 'not-https:error:ftp'],
    [`https://files.example/?${'a'.repeat(9000)}`, 'too-long:error:9023']
  ])('%j', (text, expected) => {
    expect(told(text)).toEqual([expected])
    expect(read(text).view).toBeNull()
  })
})

describe('a host to look at', () => {
  test.each([
    ['https://аррӏе.com/', ['mixed-script-host:warning:xn--80ak6aa92e.com', 'not-signed:note']],
    ['https://pаypal.com/', ['mixed-script-host:warning:xn--pypal-4ve.com', 'not-signed:note']],
    ['https://münchen.de/', ['not-signed:note']],
    ['https://files.example:8443/', ['unusual-port:warning:8443', 'not-signed:note']],
    ['https://files.example:443/', ['not-signed:note']],
    ['https://8.8.8.8/', ['not-signed:note']],
    ['https://[2606:4700::1]/', ['not-signed:note']]
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected)
  })

  test('names in other scripts are shown in punycode', () => {
    expect(viewOf('https://аррӏе.com/').display).toBe('https://xn--80ak6aa92e.com')
  })
})

describe('who signed it and until when', () => {
  const week = '2026-03-08T12:00:00.000Z'
  test.each([
    [s3(), 's3', 'eu-central-1', week],
    [s3({ 'X-Amz-Algorithm': null }), 's3', 'eu-central-1', week],
    [s3().replace(/X-Amz-[A-Za-z]+/g, (name) => name.toLowerCase()), 's3', 'eu-central-1', week],
    [
      s3({ 'X-Amz-Credential': 'test:tester/20260301/eu-central-1/s3/aws4_request' }),
      's3',
      'eu-central-1',
      week
    ],
    [
      s3(
        { 'X-Amz-Credential': 'A/20260301/auto/s3/aws4_request' },
        'https://a1.r2.cloudflarestorage.com/b/x.mp4'
      ),
      'r2',
      'auto',
      week
    ],
    [
      `https://storage.googleapis.com/b/x.mp4?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=me%40p.example%2F20260301%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20260301T120000Z&X-Goog-Expires=604800&X-Goog-SignedHeaders=host&X-Goog-Signature=${'ab'.repeat(256)}`,
      'gcs',
      'auto',
      week
    ],
    [
      `https://b.s3.amazonaws.com/x.mp4?AWSAccessKeyId=AKIA1&Signature=${sha1}&Expires=${unix(week)}`,
      's3-v2',
      null,
      week
    ],
    [
      `https://storage.googleapis.com/b/x.mp4?GoogleAccessId=me&Signature=ab&Expires=${unix(week)}`,
      'gcs-v2',
      null,
      week
    ],
    [
      `https://d1.cloudfront.net/x.mp4?Expires=${unix(week)}&Signature=ab&Key-Pair-Id=K1`,
      'cloudfront',
      null,
      week
    ],
    [cloudFront(until(week)), 'cloudfront', null, week],
    [azure('sv=2024-11-04&sr=b&sp=r&se=2026-03-08T12%3A00%3A00Z&sig=ab'), 'azure', null, week],
    [azure('sv=2024-11-04&sr=b&sp=r&se=2026-03-08T12%3A00Z&sig=ab'), 'azure', null, week],
    [
      azure('sv=2024-11-04&sr=b&sp=r&se=2026-03-08&sig=ab'),
      'azure',
      null,
      '2026-03-08T00:00:00.000Z'
    ],
    [
      azure(
        'sv=2024-11-04&sr=b&sp=r&se=2026-03-09T12:00:00Z&skoid=a&ske=2026-03-08T12:00:00Z&sig=ab'
      ),
      'azure',
      null,
      week
    ]
  ])('%s', (text, signer, region, validUntilAt) => {
    expect(viewOf(text)).toMatchObject({ signer, region, validUntilAt })
    expect(told(text).filter((one) => one !== 'old-signature:note')).toEqual([
      'valid-long-enough:good'
    ])
  })
})

describe('times', () => {
  const expiring = (seconds: number): string => s3({ 'X-Amz-Expires': String(seconds) })
  const hour = 3600
  test.each([
    [expiring(24 * hour - 1), 'under-24h:error'],
    [expiring(24 * hour), 'under-36h:warning'],
    [expiring(36 * hour - 1), 'under-36h:warning'],
    [expiring(36 * hour), 'valid-long-enough:good'],
    [expiring(604_800), 'valid-long-enough:good'],
    [expiring(604_801), 'over-7-days:error'],
    [s3({ 'X-Amz-Date': '20260301T110000Z', 'X-Amz-Expires': '3600' }), 'expired:error'],
    [s3({ 'X-Amz-Date': '20260301T110000Z', 'X-Amz-Expires': '3601' }), 'under-24h:error'],
    [s3({ 'X-Amz-Date': '20260301T110000Z', 'X-Amz-Expires': '3599' }), 'expired:error'],
    [s3({ 'X-Amz-Date': '20260301T130000Z' }), 'signed-ahead:warning'],
    [s3({ 'X-Amz-Date': '20260301T121500Z' }), 'valid-long-enough:good'],
    [s3({ 'X-Amz-Date': '20260301T120400Z' }), 'valid-long-enough:good'],
    [expiring(-1), 'bad-expiry:error:X-Amz-Expires'],
    [s3({ 'X-Amz-Expires': '0' }), 'bad-expiry:error:X-Amz-Expires'],
    [s3({ 'X-Amz-Expires': '1e9' }), 'bad-expiry:error:X-Amz-Expires'],
    [s3({ 'X-Amz-Expires': null }), 'bad-expiry:error:X-Amz-Expires'],
    [s3({ 'X-Amz-Date': null }), 'bad-expiry:error:X-Amz-Date'],
    [s3({ 'X-Amz-Date': '20261301T000000Z' }), 'bad-expiry:error:X-Amz-Date'],
    [s3({ 'X-Amz-Date': '99991231T235959Z' }), 'bad-expiry:error:X-Amz-Expires'],
    [s3({ 'X-Amz-Signature': null }), 'bad-expiry:error:X-Amz-Signature'],
    [`${S3}?AWSAccessKeyId=A&Signature=b&Expires=1&`, 'expired:error'],
    [`${S3}?AWSAccessKeyId=A&Signature=b&Expires=99999999999999`, 'bad-expiry:error:Expires'],
    [`${S3}?AWSAccessKeyId=A&Signature=b`, 'bad-expiry:error:Expires'],
    [azure('sv=1&sr=b&si=policy&sig=ab'), 'expiry-unknown:warning'],
    [azure('sv=1&sr=b&sig=ab'), 'bad-expiry:error:se'],
    [azure('sv=1&sr=b&sp=r&se=tomorrow&sig=ab'), 'bad-expiry:error:se'],
    [azure('sv=1&sr=b&sp=r&se=9999-12-31T23:59:59Z&sig=ab'), 'valid-long-enough:good'],
    [azure('sv=1&sr=b&sp=r&st=2026-03-02&se=2026-03-09&sig=ab'), 'not-yet-valid:error'],
    [
      cloudFront({
        ...until('2026-03-09'),
        DateGreaterThan: { 'AWS:EpochTime': Number(unix('2026-03-02')) }
      }),
      'not-yet-valid:error'
    ],
    [cloudFront({}), 'bad-expiry:error:Policy'],
    [
      'https://d1.cloudfront.net/x.mp4?Policy=%00&Signature=a&Key-Pair-Id=K',
      'bad-expiry:error:Policy'
    ],
    ['https://cdn.example/exp=1~hmac=abc/x.mp4', 'expired:error'],
    ['https://cdn.example/x.mp4?hdnts=exp=1~hmac=abc', 'expired:error'],
    ['https://cdn.example/x.mp4?v=3', 'not-signed:note'],
    [`${S3}#X-Amz-Signature=abc`, 'not-signed:note'],
    [`${S3}?X-Amz-Signature%253Dabc`, 'not-signed:note']
  ])('%s', (text, expected) => {
    expect(told(text)).toContain(expected)
  })

  test('more than a week is only an error where it is refused', () => {
    const month = { 'X-Amz-Expires': '2592000' }
    expect(told(s3(month, 'https://fly.storage.tigris.dev/b/x.mp4'))).toEqual([
      'over-7-days:note',
      'valid-long-enough:good'
    ])
    expect(told(s3(month, 'https://a1.r2.cloudflarestorage.com/b/x.mp4'))).toContain(
      'over-7-days:error'
    )
    expect(told(s3(month, 'https://notamazonaws.com/b/x.mp4'))).toContain('over-7-days:note')
  })
})

describe('what the signature allows', () => {
  test.each([
    [s3({ 'X-Amz-Security-Token': 'FwoG' }), ['temporary-credentials:warning']],
    [
      s3({ 'X-Amz-Credential': 'ASIAX/20260301/eu-central-1/s3/aws4_request' }),
      ['temporary-credentials:warning']
    ],
    [s3({ 'x-id': 'PutObject' }), ['made-for-upload:error', 'valid-long-enough:good']],
    [s3({ 'x-id': 'GetObject' }), ['valid-long-enough:good']],
    [s3({ uploadId: 'u1', partNumber: '1' }), ['made-for-upload:error', 'valid-long-enough:good']],
    [s3({ 'x-amz-checksum-crc32': 'AAAA' }), ['made-for-upload:error', 'valid-long-enough:good']],
    [s3({ 'x-amz-checksum-mode': 'ENABLED' }), ['valid-long-enough:good']],
    [
      s3({ 'X-Amz-SignedHeaders': 'content-type;host' }),
      ['made-for-upload:error', 'valid-long-enough:good']
    ],
    [
      s3({ 'X-Amz-SignedHeaders': 'host;x-amz-request-payer' }),
      ['extra-signed-headers:error:x-amz-request-payer', 'valid-long-enough:good']
    ],
    [
      azure('sv=1&sr=b&sp=cw&se=2026-03-09&sig=a'),
      ['made-for-upload:error', 'valid-long-enough:good']
    ],
    [
      azure('sv=1&sr=b&sp=l&se=2026-03-09&sig=a'),
      ['no-read-permission:error', 'valid-long-enough:good']
    ],
    [
      azure('sv=1&ss=q&srt=o&sp=r&se=2026-03-09&sig=a'),
      ['no-read-permission:error', 'valid-long-enough:good']
    ],
    [azure('sv=1&ss=b&srt=sco&sp=rl&se=2026-03-09&sig=a'), ['valid-long-enough:good']],
    [
      azure('sv=1&sr=b&sp=r&sip=1.2.3.4&se=2026-03-09&sig=a'),
      ['ip-restricted:error', 'valid-long-enough:good']
    ],
    [
      cloudFront({ ...until('2026-03-09'), IpAddress: { 'AWS:SourceIp': '203.0.113.7/32' } }),
      ['ip-restricted:warning', 'valid-long-enough:good']
    ],
    [
      cloudFront({ ...until('2026-03-09'), IpAddress: { 'AWS:SourceIp': '0.0.0.0/0' } }),
      ['valid-long-enough:good']
    ],
    [
      `${s3()}&X-Amz-Signature=b`,
      ['repeated-parameter:error:X-Amz-Signature', 'valid-long-enough:good']
    ],
    [
      `${s3()}&x-amz-expires=1`,
      ['repeated-parameter:error:X-Amz-Expires', 'valid-long-enough:good']
    ]
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected)
  })
})

describe('pages in place of files', () => {
  test.each([
    ['https://www.dropbox.com/s/abc/x.mp4?dl=0', 'Dropbox'],
    ['https://www.dropbox.com/scl/fi/abc/x.mp4?rlkey=k', 'Dropbox'],
    ['https://drive.google.com/file/d/abc/view', 'Google Drive'],
    ['https://drive.google.com/open?id=abc', 'Google Drive'],
    ['https://drive.google.com/uc?export=download&id=abc', 'Google Drive'],
    ['https://1drv.ms/v/abc', 'OneDrive'],
    ['https://team.sharepoint.com/x.mp4', 'SharePoint'],
    ['https://www.icloud.com/iclouddrive/abc', 'iCloud'],
    ['https://we.tl/t-abc', 'WeTransfer'],
    ['https://youtu.be/abc', 'YouTube'],
    ['https://www.youtube.com/watch?v=abc', 'YouTube'],
    ['https://vimeo.com/1', 'Vimeo'],
    ['https://www.loom.com/share/abc', 'Loom']
  ])('%s', (text, service) => {
    expect(told(text).filter((one) => !one.startsWith('mend-known'))).toEqual([
      `share-page:error:${service}`
    ])
  })

  test.each([
    'https://www.dropbox.com/s/abc/x.mp4?dl=1',
    'https://dl.dropboxusercontent.com/s/abc/x.mp4',
    'https://evil-sharepoint.com/x.mp4'
  ])('%s is taken for a file', (text) => {
    expect(told(text)).toEqual(['not-signed:note'])
  })
})

describe('the rest', () => {
  test('the format is told from the name', () => {
    expect(told('https://files.example/x.MOV')).toEqual(['not-mp4:warning:mov', 'not-signed:note'])
    expect(told('https://files.example/x.mp4')).toEqual(['not-signed:note'])
    expect(told('https://files.example/x.7')).toEqual(['not-signed:note'])
  })

  test('only the sandbox may be on this computer', () => {
    expect(told(`${sandbox}/media/x.mp4`)).toEqual(['sandbox-link:note'])
    expect(isUsableLink(viewOf(`${sandbox}/media/x.mp4`))).toBe(true)
    const strict = readLink(`${sandbox}/x.mp4`, 'train', { nowAt, allowLoopbackOrigin: null })
    expect(strict.view?.findings.map(({ code }) => code)).toContain('private-address')
  })

  test('a callback is asked about its address alone', () => {
    expect(told(s3({ 'X-Amz-Expires': '1' }), 'callback')).toEqual([])
    expect(told('https://www.dropbox.com/s/abc/hook.php', 'callback')).toEqual([])
    expect(viewOf(s3(), 'callback')).toMatchObject({ signer: 'none', validUntilAt: null })
  })

  test('the link is handed on as it is, without a fragment', () => {
    const signed = s3({ 'X-Amz-Signature': 'a/b+c=' })
    expect(read(` ${signed}#part `)).toMatchObject({ url: signed })
    expect(viewOf(signed).sha256).toBe(viewOf(`${signed}#part`).sha256)
  })

  test.each([
    [s3(), 'https://clips.s3.eu-central-1.amazonaws.com/…/priya-take3.mp4', 'priya-take3.mp4'],
    ['https://files.example/x.mp4', 'https://files.example/x.mp4', 'x.mp4'],
    [
      'https://files.example/a/%D0%9F%D1%80%D0%B8%D1%8F%202.mp4',
      'https://files.example/…/Прия_2.mp4',
      'Прия 2.mp4'
    ],
    ['https://files.example/a/%E2%80%AEx.mp4', 'https://files.example/…/x.mp4', 'x.mp4'],
    ['https://files.example/x.mp4%3Ftoken%3Dabc', 'https://files.example/x.mp4', 'x.mp4'],
    ['https://files.example/exp=1~hmac=abc/', 'https://files.example/…', ''],
    ['https://files.example/a/%ff%ZZ', 'https://files.example/…/…', '%ff%ZZ'],
    ['https://files.example', 'https://files.example', '']
  ])('%s is shown as %s', (text, display, fileName) => {
    expect(viewOf(text)).toMatchObject({ display, fileName })
  })
})

describe('nothing secret is in what may be shown', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/).map((text) => `zq${text}`)
  const places: readonly ((text: string) => string)[] = [
    (text) => s3({ 'X-Amz-Signature': text }),
    (text) => s3({ 'X-Amz-Security-Token': text }),
    (text) => s3({ 'X-Amz-Credential': `${text}/20260301/eu-central-1/s3/aws4_request` }),
    (text) => s3({ 'X-Amz-Credential': text }),
    (text) => s3({ 'X-Amz-Expires': text }),
    (text) => s3({ 'X-Amz-Date': text }),
    (text) => s3({ [text]: 'x', unknown: text }),
    (text) => `${s3()}&x-amz-meta=${text}&x-amz-meta=${text}`,
    (text) => `${s3()}#${text}`,
    (text) => `https://user:${text}@files.example/x.mp4`,
    (text) => `https://${text}@files.example/x.mp4`,
    (text) => `https://files.example/exp=1~hmac=${text}/`,
    (text) => `https://files.example/${text}/x.mp4`,
    (text) => `https://files.example/x.mp4;token=${text}`,
    (text) => `https://files.example/x.mp4%3Fsig%3D${text}`,
    (text) => `https://files.example/x.mp4%253Fsig%253D${text}`,
    (text) => azure(`sv=1&sp=r&se=2026-03-09&sig=${text}`),
    (text) => azure(`sv=1&sp=r&se=2026-03-09&sip=${text}&si=${text}&skoid=${text}&sig=a`),
    (text) =>
      `https://d1.cloudfront.net/x.mp4?Policy=${text}&Signature=${text}&Key-Pair-Id=${text}`,
    (text) => cloudFront({ ...until('2026-03-09'), Extra: text }),
    (text) => `https://www.dropbox.com/s/abc/x.mp4?rlkey=${text}`,
    (text) => `http://files.example/x.mp4?token=${text}`,
    (text) => `https://files.example:99999/x.mp4?token=${text}`,
    (text) => `https://files.example/\n?token=${text}`,
    (text) => `javascript:${text}`,
    (text) => `user:${text}@files.example`,
    (text) => `${text}:pw@files.example`
  ]

  test.each(places.map((place, index) => [index, place] as const))('place %i', (_, place) => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom<LinkPurpose>('train', 'consent', 'callback'),
        (text, purpose) => {
          const reading = read(place(text), purpose)
          const shown = JSON.stringify(reading.view ?? reading)
          expect(shown.toLowerCase()).not.toContain(text.toLowerCase())
        }
      ),
      { numRuns: 50 }
    )
  })

  test('any text gets an answer that fits the schema', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withQueryParameters: true, withFragments: true }),
          fc.string({ unit: 'binary' })
        ),
        (text) => {
          told(text)
        }
      ),
      { numRuns: 300 }
    )
  })
})

describe('what lets in by its path is in no part of what is kept of a link', () => {
  const tokens = [
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'AKIAIOSFODNN7EXAMPLE',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    'k3J9x2M4q8W1z7B5'
  ]
  const shapes: readonly ((token: string) => string)[] = [
    (token) => `https://cdn.example.com/t/${token}/v.mp4`,
    (token) => `https://cdn.example.com/s/${token}/`,
    (token) => `https://cdn.example.com/s/${token}.mp4`,
    (token) => `https://cdn.example.com/s/v.mp4/${token}`,
    (token) => `https://cdn.example.com/${encodeURIComponent(encodeURIComponent(`a/${token}`))}`
  ]
  test.each(tokens.flatMap((token) => shapes.map((shape) => [shape(token), token])))(
    '%s',
    (link, token) => {
      for (const purpose of ['train', 'callback'] as const) {
        expect(JSON.stringify(read(link, purpose).view)).not.toContain(token)
      }
    }
  )
})
