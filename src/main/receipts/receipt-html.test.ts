import { afterEach, describe, expect, it } from 'vitest'
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
import de from '../../shared/messages/de.json'
import { english } from '../../shared/messages/english.ts'
import { speak } from '../../shared/messages/messages.ts'
import { pseudoOf } from '../../shared/messages/pseudo.ts'
import { claimsOf } from '../../verifier/claims.ts'
import { receiptHtml } from './receipt-html.ts'
import { claimTexts } from './receipt-words.ts'

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
      'Deletion receipt',
      receipt.id,
      'Studio North at Tavus',
      'https://tavusapi.com, the official address of Tavus',
      '6 permanent deletions were requested from Tavus',
      'the provider refused: “Video is still in use by a deployment”',
      'No usable response',
      'Lookup: still there',
      'Download: still reachable',
      'PAL “Front desk”. It was kept by choice.',
      'Whether the provider keeps backups, and for how long.',
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
    expect(text).toContain('299 Confirmed')
    expect(text).toContain('Showing 10 of 300')
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

describe('the language', () => {
  const german = { language: 'de', locale: 'de-DE', messages: de }
  const stays = { survives: [{ kind: 'persona', id: 'p1', name: 'Front desk', reason: 'kept' }] }
  afterEach(() => speak(english))

  it('is the person’s on paper, and English in all that is signed', () => {
    const unknowns = ['backups', 'refund']
    const signedInEnglish = receiptOf(mixedCase, key, { ...stays, unknowns })
    speak(german)
    const signedInGerman = receiptOf(mixedCase, key, { ...stays, unknowns })
    expect(signedInGerman).toEqual(signedInEnglish)
    const paper = receiptHtml(signedInGerman, 24)
    expect(paper).toContain('<html lang="de">')
    const text = textOf(paper)
    for (const words of [
      'Löschbeleg',
      'Am 22. November 2026 wurden mit Replica Desk bei Tavus 6 endgültige Löschungen angefordert.',
      'PAL „Front desk“. Die Person hat sich entschieden, dies zu behalten.',
      'Ob und wie lange der Anbieter Sicherungskopien aufbewahrt.',
      'die offizielle Adresse von Tavus',
      'Die signierte Datei enthält diese Aussagen auf Englisch',
      'UTC'
    ]) {
      expect(text).toContain(words)
    }
    for (const claim of signedInGerman.claims) expect(text).not.toContain(claim)
  })

  it('leaves no word out of the catalog', () => {
    speak({ ...english, language: 'en-XA', messages: pseudoOf(english.messages) })
    const markup = receiptHtml(receiptOf(mixedCase, key, stays), 24)
    const given = [
      ...['Replica Desk', 'Tavus', 'Studio North', 'Persona', 'Front desk'],
      ...mixedCase.map(({ name }) => name),
      'Video is still in use by a deployment',
      ...['HTTP', 'November']
    ]
    const text = textOf(markup.replace(/<(\w+) class="[^"]*mono">[^<]*<\/\1>/g, ' '))
      .replace(/&#?\w+;|https?:\/\/\S+/g, ' ')
      .replace(new RegExp(given.join('|'), 'g'), ' ')
    expect(text.match(/\b[a-zA-Z]{4,}\b/g) ?? []).toEqual([])
  })

  it.each(['none', 'some', 'all'] as const)(
    'says what is signed, with sample data: %s',
    (sample) => {
      const sampleAccount = { id: 'a', name: 'A', provider: 'tavus', isSample: true, origins: [] }
      const accounts = [sampleAccount, { ...sampleAccount, provider: 'replicate' }]
      expect(claimTexts({ ...receipt, sample, accounts })).toEqual(
        claimsOf({ ...receipt, sample, accounts })
      )
    }
  )

  it('writes times as the person does, and says that they are UTC', () => {
    expect(textOf(page)).toMatch(/Nov 22, 2026, \d+:\d\d:\d\d [AP]M UTC/)
    speak(german)
    expect(textOf(receiptHtml(receipt, 24))).toMatch(/22\. Nov\. 2026, \d\d:\d\d:\d\d UTC/)
  })
})
