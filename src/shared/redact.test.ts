import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPlainPath, redact, redactError, redactUrl } from './redact.ts'

describe('redactUrl', () => {
  test.each([
    [
      'https://bucket.s3.amazonaws.com/a/b/face.mp4?X-Amz-Signature=abc',
      'https://bucket.s3.amazonaws.com/…/face.mp4'
    ],
    ['https://host.example/face.mp4#token=1', 'https://host.example/face.mp4'],
    ['HTTPS://user:pw@host.example:8443/x.mp4', 'https://host.example:8443/x.mp4'],
    ['https://good.example@evil.example/', 'https://evil.example'],
    ['https://good.example%2f@evil.example/', 'https://evil.example'],
    ['https://good.example\\@evil.example/', 'https://good.example/…'],
    ['https://user:pw%40host/x', 'https://host/x'],
    ['https://cdn.example/exp=1~hmac=abcdef/', 'https://cdn.example/…'],
    ['https://cdn.example/a/exp=1~hmac=abcdef/f.mp4', 'https://cdn.example/…/f.mp4'],
    ['https://cdn.example/f.mp4%3FX-Amz-Signature%3Dabc', 'https://cdn.example/f.mp4'],
    ['https://cdn.example/my%20own%20face.mp4?sig=x', 'https://cdn.example/my_own_face.mp4'],
    ['https://cdn.example/r8_abcdefghijklmnop', 'https://cdn.example/…'],
    ['https://[::1]:8080/x', 'https://[::1]:8080/x'],
    ['https://аррӏе.com/x', 'https://аррӏе.com/x'],
    ['https://ho\u202est.example/x', 'https://host.example/x'],
    ['https://host:pw/x', 'https://…/x'],
    [`https://host/${'a'.repeat(201)}`, 'https://host/…'],
    ['file:///etc/passwd', 'file://etc/passwd'],
    ['data:text/html,x', 'data:…'],
    ['https:host/x', 'https:…'],
    ['not a link', '…'],
    ['', '…']
  ])('%s', (text, shown) => {
    expect(redactUrl(text)).toBe(shown)
  })
})

describe('redact', () => {
  test.each([
    ['The replica r6583a465c was not found', 'The replica r6583a465c was not found'],
    ['acc_0123456789abcdef0123456789abcdef', 'acc_0123456789abcdef0123456789abcdef'],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['100 % of 20%', '100 % of 20%'],
    ['sent x-api-key: abc123 to it', 'sent x-api-key: [redacted] to it'],
    ["[ 'x-api-key', 'abc123' ]", "[ 'x-api-key: [redacted]' ]"],
    ['{"token":"a b c","n":1}', '{"token":[redacted]","n":1}'],
    ['Bearer abcdef', 'Bearer [redacted]'],
    ['see https://h.example/a/b.mp4?sig=1 now', 'see https://h.example/…/b.mp4 now'],
    ['{"url":"https:\\/\\/h.example\\/b.mp4?sig=1\\u0026x=2"}', '{"url":"https://h.example/b.mp4"}']
  ])('%s', (text, shown) => {
    expect(redact(text)).toBe(shown)
  })

  test('reads a bounded part of a long text and never half a word of it', () => {
    const shown = redact(`${'word '.repeat(3_999)}r8_${'a'.repeat(30_000)}`)
    expect(shown.length).toBeLessThanOrEqual(20_002)
    expect(shown).not.toContain('r8_')
  })

  test.each([
    ['x-api-key'.repeat(3_000)],
    ['%25'.repeat(7_000)],
    ['a'.repeat(20_000)],
    ['https://'.repeat(2_500)],
    [`${'a-'.repeat(10_000)}=`],
    [' '.repeat(20_000)],
    ['authorization:\n'.repeat(1_400)],
    ['"\\'.repeat(10_000)],
    ['eyJaaaaaaaa.'.repeat(1_700)]
  ])('ends on a text made to be slow', (text) => {
    expect(redact(text).length).toBeLessThanOrEqual(60_000)
  })
})

describe('redactError', () => {
  test('covers causes and leaves other properties out', () => {
    const cause = Object.assign(new Error('Invalid URL'), { input: 'https://h/?sig=canary1' })
    const error = new Error('while fetching https://h/x?sig=canary2', { cause })
    const shown = redactError(error)
    expect(shown).toContain('Invalid URL')
    expect(shown).not.toMatch(/canary/)
  })
})

const parameterNames = [
  'X-Amz-Signature',
  'X-Amz-Credential',
  'X-Amz-Security-Token',
  'AWSAccessKeyId',
  'Signature',
  'X-Goog-Signature',
  'X-Goog-Credential',
  'GoogleAccessId',
  'sig',
  'se',
  'sp',
  'sv',
  'sr',
  'skoid',
  'Policy',
  'Key-Pair-Id',
  'X-Oss-Signature',
  'q-signature',
  'token',
  'access_token',
  'hdnts',
  'hdnea'
]
const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']
const secretText = fc
  .array(fc.constantFrom(...alphabet), { minLength: 12, maxLength: 60 })
  .map((letters) => `Q7z${letters.join('')}`)
const hex = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 64 })
  .map((digits) => digits.join(''))
const around = fc.string({ maxLength: 40 }).map((text) => text.replace(/["'`<>]/g, ''))
const caseOf = (name: string) => fc.constantFrom(name, name.toLowerCase(), name.toUpperCase())
const once = (text: string) => encodeURIComponent(text)
const encodings = fc.constantFrom<(text: string) => string>(
  (text) => text,
  once,
  (text) => once(once(text)),
  (text) => once(once(text)).toLowerCase().replaceAll('%252d', '%2D')
)

const expectGone = (text: string, secret: string) => {
  const shown = redact(text)
  expect(shown.toLowerCase()).not.toContain(secret.toLowerCase())
  expect(redact(shown)).toBe(shown)
}

describe('no secret survives', () => {
  test('in a link, whatever its parameter is called', () => {
    const name = fc.oneof(
      fc.constantFrom(...parameterNames).chain(caseOf),
      fc.stringMatching(/^[a-z]{1,12}$/)
    )
    fc.assert(
      fc.property(
        around,
        name,
        secretText,
        encodings,
        around,
        (before, key, secret, encode, after) => {
          const link = `https://bucket.example.com/folder/clip.mp4?first=1&${key}=${secret}&last=2`
          expectGone(`${before} ${encode(link)} ${after}`, secret)
        }
      )
    )
  })

  test('as a parameter on its own', () => {
    fc.assert(
      fc.property(
        around,
        fc.constantFrom(...parameterNames).chain(caseOf),
        secretText,
        encodings,
        around,
        (before, key, secret, encode, after) => {
          expectGone(`${before} ${encode(`a=b&${key}=${secret}&c=d`)} ${after}`, secret)
        }
      )
    )
  })

  test('as a part of the path, wherever it stands', () => {
    const capability = fc.oneof(
      fc.constantFrom(
        'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
        'AKIAIOSFODNN7EXAMPLE',
        '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
      ),
      fc.uuid(),
      hex,
      secretText.map((text) => `ghp_${text}`)
    )
    const ending = fc.constantFrom('', '/', '.mp4', '/v.mp4', '/a/b/v.mp4?x=1')
    fc.assert(
      fc.property(capability, encodings, ending, (secret, encode, end) => {
        const link = `https://cdn.example.com/s/${encode(secret)}${end}`
        expect(redactUrl(link)).not.toContain(secret)
        expect(isPlainPath(new URL(link).pathname)).toBe(false)
        expectGone(`see ${link} now`, secret)
      })
    )
  })

  test('as user info', () => {
    fc.assert(
      fc.property(secretText, secretText, (user, password) => {
        expectGone(`GET https://${user}:${password}@host.example/x`, user)
        expectGone(`GET https://${user}:${password}@host.example/x`, password)
      })
    )
  })

  test('as the value of a header', () => {
    const header = fc.constantFrom(
      (key: string) => `x-api-key: ${key}`,
      (key: string) => `X-API-Key=${key}`,
      (key: string) => JSON.stringify({ 'x-api-key': key }),
      (key: string) => JSON.stringify(JSON.stringify({ 'x-api-key': key })),
      (key: string) => `Authorization: Bearer ${key}`,
      (key: string) => `authorization: Token ${key}`,
      (key: string) => JSON.stringify({ authorization: `Bearer ${key}` }),
      (key: string) => `Headers { 'x-api-key': '${key}' }`,
      (key: string) => `bearer ${key}`,
      (key: string) => encodeURIComponent(`Authorization: Bearer ${key}`)
    )
    fc.assert(
      fc.property(around, header, secretText, (before, write, secret) => {
        expectGone(`${before} ${write(secret)}`, secret)
      })
    )
  })

  test('as a bare key', () => {
    fc.assert(
      fc.property(
        around,
        fc.oneof(
          hex,
          secretText.map((text) => `r8_${text}`)
        ),
        (before, key) => {
          expectGone(`${before} ${key} was refused`, key)
        }
      )
    )
  })

  test('in an error and its causes', () => {
    fc.assert(
      fc.property(secretText, (secret) => {
        const cause = new Error(`https://h.example/x?rlkey=${secret}`)
        const shown = redactError(new Error(`Bearer ${secret}`, { cause }))
        expect(shown).not.toContain(secret)
      })
    )
  })
})
