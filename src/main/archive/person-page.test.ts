import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { ConsentNote } from '../../shared/domain/consent-note.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { PersonPageFacts } from '../ports/person-folder.ts'
import { personPage } from './person-page.ts'

const hostile = `</style><script>alert(1)</script><img src=x onerror="alert('&')">`

const event: HistoryEvent = {
  seq: 7,
  at: '2026-11-20T09:14:02.310Z',
  monotonicMs: 1,
  runId: 'run_1',
  type: 'asset-first-seen',
  operationId: null,
  accountId: 'acc_00000001' as HistoryEvent['accountId'],
  accountName: hostile,
  assetKind: 'replica',
  assetId: 'r1',
  assetName: hostile,
  body: { reason: hostile },
  prevHash: '0'.repeat(64),
  hash: '1'.repeat(64)
}

const note = {
  id: 'cns_0123456789abcdef',
  createdAt: '2026-11-20T09:14:02.310Z',
  personId: 'per_0123456789abcdef',
  spokenName: hostile,
  statement: hostile,
  place: 'training-video',
  clip: { fileName: hostile, sizeBytes: 1, sha256: 'a'.repeat(64) },
  scope: hostile,
  givenOn: '2026-11-01',
  untilOn: null
} as ConsentNote

const folder = '0001 replica “#1%” ?x'
const facts = (name: string): PersonPageFacts => ({
  person: {
    name,
    consent: { note: name, agreedOn: '2026-11-01', untilOn: null },
    note: { text: name, tags: [name] }
  },
  savedAt: '2026-11-30T12:00:00.000Z',
  items: [
    {
      asset: testAsset('r000000001', { name, details: [{ name, value: name }] }),
      accountName: name,
      note: { text: name, tags: [name] },
      providerName: 'Tavus',
      saved: {
        key: 'k',
        files: [`${folder}/picture.png`, `${folder}/film.mp4`].map((file) => ({
          name: file,
          sizeBytes: 1_234_567,
          sha256: 'a'.repeat(64)
        })),
        gaps: [{ name: `${folder}/clip`, reason: 'gone' }]
      }
    }
  ],
  notes: [note],
  history: [event]
})

it('holds no markup of anybody else, no script, and no address but those of its files', () => {
  const page = personPage(facts(hostile))
  expect(page).not.toContain('<script')
  expect(page).not.toContain('<img src=x')
  expect(page.match(/<style>/g)).toHaveLength(1)
  expect(page.match(/alert\(1\)/g)?.length).toBeGreaterThan(8)
  const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
  const encoded = '0001%20replica%20%E2%80%9C%231%25%E2%80%9D%20%3Fx'
  expect(new Set(addresses)).toEqual(
    new Set([`${encoded}/picture.png`, `${encoded}/film.mp4`, 'history.json'])
  )
})

it('names its own style by its hash, so that a browser takes no other', () => {
  const page = personPage(facts('Ana'))
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(page).toContain(`style-src &#39;sha256-${hash}&#39;`)
  expect(page).toContain('default-src &#39;none&#39;')
})

it('tells what happened in the words of the history, not in codes', () => {
  const page = personPage({ ...facts('Ana'), history: [{ ...event, body: {}, assetName: 'Ana' }] })
  expect(page).toContain('<td>Added to library</td><td><bdi>Ana</bdi></td>')
  expect(page).not.toContain('asset-first-seen')
})

it('is the same wherever it is opened: its times are in UTC', () => {
  expect(personPage(facts('Ana'))).toContain('2026-11-30 12:00 UTC')
})
