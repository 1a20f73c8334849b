import { describe, expect, it } from 'vitest'
import {
  asked,
  batchId,
  canceled,
  done,
  mixedCase,
  newKey,
  notSent,
  receiptOf,
  refused,
  sent,
  sentBefore,
  triedAt
} from '../../../test/main/receipts/receipt-cases.ts'
import { receiptHtml } from './receipt-html.ts'

const key = newKey()
const receipt = receiptOf(mixedCase, key)
const page = receiptHtml(receipt, 24)

const textOf = (markup: string): string =>
  markup
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('the printed receipt', () => {
  it('names what was asked, answered and looked at, and how to verify', () => {
    const text = textOf(page)
    for (const words of [
      'Receipt of deletion',
      receipt.id,
      'Studio North at Tavus',
      'https://tavusapi.com, the official address of Tavus',
      'to delete 6 things permanently',
      'the provider refused: “Video is still in use by a deployment”',
      'No usable answer',
      'Looked up: still there',
      'Download: still reachable',
      'Persona “Front desk”. The person chose to keep it.',
      'Whether and how long the provider keeps backups.',
      key.fingerprint,
      `record ${receipt.chain.headSeq}`,
      'node verify-receipt.mjs',
      ...receipt.claims
    ]) {
      expect(text).toContain(words)
    }
  })

  it('holds nothing that runs, loads or comes from a name', () => {
    const nasty = '<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"\'&'
    const markup = receiptHtml(
      receiptOf([{ name: nasty, events: [asked, sent, refused] }], key, {
        batch: { id: batchId, scope: 'assets', title: nasty, runAt: null },
        survives: [{ kind: 'video', id: nasty, name: nasty, reason: 'kept' }],
        archive: {
          folderName: nasty,
          savedAt: '2026-11-22T09:00:00.000Z',
          files: [{ name: nasty, sizeBytes: 1, sha256: 'a'.repeat(64) }],
          gaps: [{ name: nasty, reason: 'gone' }]
        }
      }),
      24
    )
    expect(markup).not.toMatch(/<(script|img|link|iframe|object|form|a)\b/i)
    expect(markup).not.toMatch(/<[^>]*\s(on\w+|style|src|href)=/i)
    expect(markup).not.toContain('\u202e')
    expect(markup.split('&lt;script&gt;').length).toBeGreaterThan(4)
  })

  it('lets its own style through and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    expect(policy.replaceAll('&#39;', "'")).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='$/
    )
  })

  it('of hundreds shows what needs a look first, and counts the rest', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      name: `Clip ${index}`,
      events: index === 299 ? [asked, sent, refused] : [asked, sent, done]
    }))
    const text = textOf(receiptHtml(receiptOf(many, key), 10))
    expect(text).toContain('299 Answered: done')
    expect(text).toContain('10 of 300 are shown')
    expect(text).toContain('The other 290 are in the JSON form')
    expect(text.indexOf('Clip 299')).toBeLessThan(text.indexOf('Clip 0'))
    expect(text).not.toContain('Clip 9 ')
  })

  it('shows an archive with short checksums', () => {
    const archive = {
      folderName: 'Last look',
      savedAt: '2026-11-22T09:00:00.000Z',
      files: Array.from({ length: 9 }, (_, index) => ({
        name: `v${index}.mp4`,
        sizeBytes: 18_400_000,
        sha256: `${index}${'a'.repeat(63)}`
      })),
      gaps: [{ name: 'One', reason: 'no-link' }]
    }
    const text = textOf(receiptHtml(receiptOf(mixedCase, key, { archive }), 24))
    expect(text).toContain('0aaaaaaa…aaaaaaaa v0.mp4 18.4 MB')
    expect(text).toContain('and 3 more files')
    expect(text).toContain('Not saved: One (no link was known).')
  })
})

describe('where requests were sent', () => {
  it('is named for each, where there are several addresses', () => {
    const text = textOf(
      receiptHtml(
        receiptOf(
          [
            { name: 'One', events: [asked, triedAt('http://127.0.0.1:4100'), done] },
            { name: 'Two', events: [asked, triedAt('https://tavus.example'), done] },
            { name: 'Three', events: [asked, sentBefore, done] }
          ],
          key
        ),
        24
      )
    )
    for (const words of [
      'http://127.0.0.1:4100, on this computer (loopback)',
      'https://tavus.example, not the official address of Tavus',
      'an address that was not recorded',
      'to http://127.0.0.1:4100',
      'to tavus.example'
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain(', the official address')
  })

  it('is nowhere, where nothing was sent', () => {
    const events = [asked, sent, notSent, canceled] as const
    expect(textOf(receiptHtml(receiptOf([{ name: 'One', events }], key), 24))).toContain(
      'Nothing was sent'
    )
  })
})

it('sample data is marked over everything and again beside the proof', () => {
  const events = [asked, [sent[0], { ...sent[1], isSample: true }], done] as const
  const sample = receiptHtml(receiptOf([{ name: 'One', events }], key), 24)
  expect(sample.split('class="sample"')).toHaveLength(3)
  expect(textOf(sample)).toMatch(/SAMPLE DATA: nothing was deleted at Tavus\..*Sample receipt/)
  expect(page).not.toContain('class="sample"')
  expect(textOf(page)).not.toContain('SAMPLE')
})
