import { describe, expect, test } from 'vitest'
import { isAllowedRequestUrl, readApiAddress } from './api-address.ts'

describe('readApiAddress', () => {
  test.each([
    ['https://tavusapi.com', 'https://tavusapi.com'],
    [' https://TavusAPI.com/ ', 'https://tavusapi.com'],
    ['https://tavusapi.com:443', 'https://tavusapi.com'],
    ['https://gateway.example:8443', 'https://gateway.example:8443'],
    ['https://10.0.0.1', 'https://10.0.0.1'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://127.8.9.1:3000', 'http://127.8.9.1:3000'],
    // Number forms of a loopback address are written out.
    ['http://127.1/', 'http://127.0.0.1'],
    ['http://2130706433/', 'http://127.0.0.1'],
    ['http://0177.0.0.1/', 'http://127.0.0.1'],
    ['http://0x7f.1/', 'http://127.0.0.1'],
    ['https://１２７.0.0.1/', 'https://127.0.0.1'],
    ['https://①②⑦.0.0.1/', 'https://127.0.0.1'],
    // A name in other letters is shown as what it is.
    ['https://аррӏе.com/', 'https://xn--80ak6aa92e.com']
  ])('takes %s', (text, origin) => {
    expect(readApiAddress(text)).toEqual({ ok: true, value: origin })
  })

  test.each([
    ['', 'required'],
    ['   ', 'required'],
    [`https://${'a'.repeat(300)}.com`, 'too-long'],
    ['tavusapi.com', 'not-a-link'],
    ['http://tavusapi.com', 'not-https'],
    ['http://10.0.0.1', 'not-https'],
    ['http://128.0.0.1', 'not-https'],
    ['http://localhost.example.com', 'not-https'],
    ['http://127.0.0.1.example.com', 'not-https'],
    ['http://0/', 'not-https'],
    ['http://[::ffff:127.0.0.1]/', 'not-https'],
    ['https://localhost./', 'bad-host'],
    ['https://%6cocalhost/', 'bad-host'],
    ['https://[fe80::1%25eth0]/', 'bad-host'],
    ['https://good.example@evil.example/', 'has-user-info'],
    ['https://good.example%2f@evil.example/', 'has-user-info'],
    ['https://good.example\\@evil.example/', 'has-user-info'],
    ['https://user:pw@host.example', 'has-user-info'],
    ['https://@host.example', 'has-user-info'],
    ['https:host/x', 'not-a-link'],
    ['https:///host', 'not-a-link'],
    ['https:\\\\host.example', 'not-a-link'],
    ['https://a..b/', 'bad-host'],
    ['https://.../', 'bad-host'],
    ['https://ho\tst.example', 'hidden-characters'],
    ['https://ho\nst.example', 'hidden-characters'],
    ['https://ho\0st.example', 'hidden-characters'],
    ['https://ho\u202est.example', 'hidden-characters'],
    ['https://ho st.example', 'hidden-characters'],
    ['file:///etc/passwd', 'not-https'],
    ['\\\\server\\share\\x.mp4', 'not-a-link'],
    ['C:\\x.mp4', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['data:text/html,x', 'not-https'],
    ['blob:https://host.example/1', 'not-https'],
    ['smb://h/x', 'not-https'],
    ['app://../../etc/passwd', 'not-https'],
    ['media://999999', 'not-https'],
    ['https://host.example:22', 'unusual-port'],
    ['https://host.example:65536', 'not-a-link'],
    ['https://host.example/v2', 'has-path'],
    ['https://host.example/?hard=true', 'has-query'],
    ['https://host.example#x', 'has-query'],
    ['https://[::1', 'not-a-link']
  ])('refuses %s', (text, code) => {
    expect(readApiAddress(text)).toEqual({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ field: 'apiAddress', code, said: null }] }
    })
  })
})

describe('isAllowedRequestUrl', () => {
  test.each([
    ['https://tavusapi.com/v2/replicas?limit=10', true],
    ['http://127.0.0.1:3000/v2/replicas', true],
    ['http://tavusapi.com/v2/replicas', false],
    ['https://user@tavusapi.com/v2', false],
    ['file:///etc/passwd', false],
    ['/v2/replicas', false]
  ])('%s', (url, isAllowed) => {
    expect(isAllowedRequestUrl(url)).toBe(isAllowed)
  })
})
