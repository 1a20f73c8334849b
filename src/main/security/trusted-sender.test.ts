import { describe, expect, it } from 'vitest'
import { isTrustedSender } from './trusted-sender.ts'

const page = { url: 'app://bundle/index.html', detached: false, parent: null }

describe('isTrustedSender', () => {
  it('takes the top frame of our own page', () => {
    expect(isTrustedSender(page)).toBe(true)
  })

  it.each([
    ['a frame that is gone', null],
    ['a detached frame', { ...page, detached: true }],
    ['a frame inside another', { ...page, parent: {} }],
    ['about:blank', { ...page, url: 'about:blank' }],
    ['no address', { ...page, url: '' }],
    ['another host', { ...page, url: 'app://other/index.html' }],
    ['a host that begins alike', { ...page, url: 'app://bundle.evil/index.html' }],
    ['another scheme', { ...page, url: 'https://bundle/index.html' }],
    ['a file', { ...page, url: 'file:///index.html' }],
    ['a data page', { ...page, url: 'data:text/html,app://bundle/' }]
  ])('refuses %s', (_what, frame) => {
    expect(isTrustedSender(frame)).toBe(false)
  })
})
