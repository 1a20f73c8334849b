import { describe, expect, test } from 'vitest'
import { id, told } from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { nextUrl, readParts } from './replicate-address.ts'
import { pageUrl, readName } from './replicate-names.ts'

describe('reading a name', () => {
  test.each<[string, string]>([
    ['acme/face', 'model acme/face'],
    ['acme/face-2.0_b', 'model acme/face-2.0_b'],
    ['acme/face:abc123', 'version acme/face:abc123'],
    ['https://replicate.com/acme/face:abc123', 'version acme/face:abc123'],
    ['https://replicate.com/acme/face/versions/abc123', 'version acme/face:abc123'],
    ['r8.im/acme/face@sha256:abc123', 'version acme/face:abc123'],
    ['https://api.replicate.com/v1/models/acme/face', 'model acme/face'],
    ['acme', 'not-a-name'],
    ['https://evil.example/acme/face', 'not-replicate'],
    ['https://replicate.com/settings/billing', 'site-page']
  ])('%s', (text, expected) => {
    const named = readName(text)
    expect(named.ok ? `${named.value.kind} ${named.value.id}` : told(named)).toBe(expected)
  })
})

describe('pages', () => {
  test.each([
    ['model', 'acme/face', 'home', 'https://replicate.com/acme/face'],
    ['model', 'acme/face', 'settings', 'https://replicate.com/acme/face/settings'],
    ['version', 'acme/face:abc', 'home', 'https://replicate.com/acme/face/versions/abc'],
    ['version', 'acme/face:abc', 'settings', 'https://replicate.com/acme/face/settings'],
    ['model', 'acme/face:abc', 'home', null],
    ['version', 'acme/face', 'home', null],
    ['replica', 'acme/face', 'home', null]
  ] as const)('%s %s, %s', (kind, text, page, url) => {
    expect(pageUrl(kind, id(text), page)).toBe(url)
  })
})

describe('addresses', () => {
  test.each([
    'a',
    'a/b/c',
    '../b',
    './b',
    'a/..',
    'a/.',
    'a/b:',
    'a/b:c/d',
    'a/b?c',
    'a/b#c',
    'a%2fb/c',
    ' a/b',
    'a/b\n',
    ''
  ])('%j is no id', (text) => {
    expect(readParts(text)).toBeNull()
  })

  const api = 'https://api.replicate.com'
  const page = `${api}/v1/trainings`
  test.each<[string, string | null]>([
    [`${page}?cursor=x`, `${page}?cursor=x`],
    ['https://API.replicate.com:443/v1/trainings?cursor=x', `${page}?cursor=x`],
    ['http://api.replicate.com/v1/trainings?cursor=x', `${page}?cursor=x`],
    ['//api.replicate.com/v1/trainings?cursor=x', `${page}?cursor=x`],
    ['/v1/trainings?cursor=x', `${page}?cursor=x`],
    ['?cursor=x', `${page}?cursor=x`],
    ['trainings?cursor=x', `${page}?cursor=x`],
    [`${page}/?cursor=x#here`, `${page}/?cursor=x`],
    ['https://api.replicate.com:8443/v1/trainings?cursor=x', null],
    ['http://api.replicate.com:443/v1/trainings?cursor=x', null],
    ['https://api.replicate.com.evil.example/v1/trainings', null],
    ['https://api.replicate.com@evil.example/v1/trainings', null],
    ['//evil.example/v1/trainings', null],
    ['https://user@api.replicate.com/v1/trainings', null],
    ['ftp://api.replicate.com/v1/trainings', null],
    ['javascript:alert(1)', null],
    [`${api}/v1`, null],
    [`${api}/v1/deployments?cursor=x`, null],
    [`${api}/v10/trainings`, null],
    [`${api}/v1/../v2/trainings`, null],
    [`${api}/v1/%2e%2e/v2/trainings`, null],
    ['/v1/models/%zz', null],
    ['http://', null],
    [`${page}?cursor=${'x'.repeat(9_000)}`, null]
  ])('the link %s leads to %s', (link, url) => {
    expect(nextUrl(api, page, link)).toBe(url)
  })

  test('a link is asked for at the account’s own origin, whatever its scheme', () => {
    const own = 'http://127.0.0.1:4011'
    const url = `${own}/v1/trainings?cursor=x`
    expect(nextUrl(own, `${own}/v1/trainings`, url.replace('http:', 'https:'))).toBe(url)
    expect(nextUrl(own, `${own}/v1/trainings`, url.replace(':4011', ''))).toBeNull()
  })
})
