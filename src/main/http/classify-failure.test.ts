import { describe, expect, test } from 'vitest'
import { classifyFailure } from './classify-failure.ts'
import { NotSentError } from './not-sent-error.ts'

const node = (code: string, syscall?: string) =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('secret text'), { code, syscall })
  })

describe('classifyFailure', () => {
  test.each([
    ['net::ERR_CONNECTION_REFUSED', 'unreachable', true],
    ['net::ERR_INTERNET_DISCONNECTED', 'unreachable', true],
    ['net::ERR_NAME_NOT_RESOLVED', 'unreachable', true],
    ['net::ERR_DNS_TIMED_OUT', 'unreachable', true],
    ['net::ERR_CONNECTION_TIMED_OUT', 'unreachable', true],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'unreachable', true],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'unreachable', true],
    ['net::ERR_UNSAFE_PORT', 'unreachable', true],
    ['net::ERR_ADDRESS_UNREACHABLE', 'unreachable', false],
    ['net::ERR_NETWORK_CHANGED', 'unreachable', false],
    ['net::ERR_NETWORK_IO_SUSPENDED', 'unreachable', false],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'insecure', true],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'insecure', true],
    ['net::ERR_CERT_DATE_INVALID', 'insecure', true],
    ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'insecure', true],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'insecure', false],
    ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'insecure', false],
    ['net::ERR_CONNECTION_RESET', 'broken', false],
    ['net::ERR_CONNECTION_CLOSED', 'broken', false],
    ['net::ERR_CONNECTION_ABORTED', 'broken', false],
    ['net::ERR_EMPTY_RESPONSE', 'broken', false],
    ['net::ERR_TIMED_OUT', 'broken', false],
    ['net::ERR_INVALID_HTTP_RESPONSE', 'broken', false],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', 'broken', false],
    ['net::ERR_INCOMPLETE_CHUNKED_ENCODING', 'broken', false],
    ['net::ERR_HTTP2_PROTOCOL_ERROR', 'broken', false],
    ['net::ERR_SOMETHING_NEW', 'broken', false],
    ['net::ERR_CONTENT_DECODING_FAILED', 'garbled', false],
    ['net::ERR_UNSAFE_REDIRECT', 'redirect', false],
    ["Attempted to redirect, but redirect policy was 'error'", 'redirect', false]
  ])('Chromium: %s', (message, kind, isUnsent) => {
    expect(classifyFailure(new Error(message))).toMatchObject({ kind, isUnsent })
  })

  test.each([
    [node('ECONNREFUSED', 'connect'), 'unreachable', true],
    [node('ENOTFOUND', 'getaddrinfo'), 'unreachable', true],
    [node('EAI_AGAIN', 'getaddrinfo'), 'unreachable', true],
    [node('UND_ERR_CONNECT_TIMEOUT'), 'unreachable', true],
    [node('ENETUNREACH', 'connect'), 'unreachable', true],
    [node('EHOSTUNREACH', 'read'), 'unreachable', false],
    [node('ETIMEDOUT', 'connect'), 'unreachable', true],
    [node('ETIMEDOUT', 'read'), 'unreachable', false],
    [node('CERT_HAS_EXPIRED'), 'insecure', true],
    [node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'insecure', true],
    [node('SELF_SIGNED_CERT_IN_CHAIN'), 'insecure', true],
    [node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'insecure', true],
    [node('ERR_TLS_CERT_ALTNAME_INVALID'), 'insecure', true],
    [node('EPROTO', 'write'), 'insecure', false],
    [node('ERR_SSL_WRONG_VERSION_NUMBER'), 'insecure', false],
    [node('ECONNRESET', 'read'), 'broken', false],
    [node('EPIPE', 'write'), 'broken', false],
    [node('UND_ERR_SOCKET'), 'broken', false],
    [node('Z_DATA_ERROR'), 'garbled', false],
    [new TypeError('fetch failed', { cause: new Error('unexpected redirect') }), 'redirect', false],
    [new NotSentError('x'), 'unreachable', true],
    [new Error('anything'), 'broken', false],
    ['a text', 'broken', false],
    [null, 'broken', false]
  ])('Node and others: %#', (error, kind, isUnsent) => {
    expect(classifyFailure(error)).toMatchObject({ kind, isUnsent })
  })

  test('passes on names only, never a text', () => {
    const odd = node('https://host/?sig=1')
    expect(classifyFailure(odd).code).toBe('UNKNOWN')
    expect(classifyFailure(new Error('net::ERR_FAILED at https://h/?sig=1')).code).toBe(
      'ERR_FAILED'
    )
  })
})
