import { expect, type Page } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { Draft } from '../src/shared/domain/draft.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'
import { linkCanaries, presignedLink } from './links.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'
import { sweepText } from './sweep.ts'

const secret = linkCanaries[0]
const compact = (at: string): string => at.replace(/[-:]|\.\d+/g, '')

/** A presigned link with one part of it replaced. */
const presigned = (name: string, value: string): string => {
  const link = new URL(presignedLink('take.mp4'))
  link.searchParams.set(name, value)
  return link.href
}

/**
 * Links that must never be sent, each with its number in the list of bad inputs. Those in between concern names that
 * are looked up and redirects that are followed; the app does neither with a link that it hands on.
 */
const refused: readonly (readonly [number, string])[] = [
  [1, 'http://127.1/'],
  [2, 'http://2130706433/'],
  [3, 'http://0177.0.0.1/'],
  [4, 'http://0x7f.1/'],
  [5, 'https://１２７.0.0.1/'],
  [6, 'https://①②⑦.0.0.1/'],
  [7, 'https://localhost./'],
  [8, 'https://%6cocalhost/'],
  [9, 'https://[::1]/'],
  [10, 'https://[::ffff:169.254.169.254]/'],
  [11, 'https://[::127.0.0.1]/'],
  [12, 'https://[64:ff9b::a00:1]/'],
  [13, 'https://[2002:7f00:1::]/'],
  [14, 'https://[fe80::1%25eth0]/'],
  [15, 'https://169.254.169.254/latest/meta-data/'],
  [16, 'https://100.100.100.200/'],
  [17, 'https://0/'],
  [25, 'https://good.example@evil.example/'],
  [26, 'https://good.example%2f@evil.example/'],
  [27, 'https://good.example\\@evil.example/'],
  [28, `https://user:${secret}@host.example/x.mp4`],
  [29, 'https:host/x'],
  [30, 'https:///host'],
  [31, 'https://a..b/'],
  [32, 'https://.../'],
  [33, 'https://files.example/a\tb.mp4'],
  [33, 'https://files.example/a\nb.mp4'],
  [33, 'https://files.example/a\0b.mp4'],
  [33, 'https://files.example/a\u202eb.mp4'],
  [35, 'file:///etc/passwd'],
  [36, '\\\\server\\share\\x.mp4'],
  [37, 'C:\\x.mp4'],
  [38, 'javascript:alert(1)'],
  [39, 'data:text/html,x'],
  [40, 'blob:https://files.example/6f1'],
  [41, 'smb://h/x'],
  [42, 'app://../../etc/passwd'],
  [43, 'app://bundle/%2e%2e%2fmain.js'],
  [44, 'media://999999'],
  [45, 'https://files.example:22/x.mp4'],
  [45, 'https://files.example:65536/x.mp4'],
  [46, `https://files.example/x.mp4?q=${'a'.repeat(9000)}`],
  [47, presigned('X-Amz-Expires', '-1')],
  [47, presigned('X-Amz-Date', compact('2020-01-01T00:00:00.000Z'))],
  [47, presigned('X-Amz-Date', compact('9999-01-01T00:00:00.000Z'))],
  [48, `${presignedLink('take.mp4')}&X-Amz-Signature=${linkCanaries[2]}`]
]

/** Unusual, but not wrong: these may be sent, and their secrets must stay as hidden as any. */
const unusual: readonly (readonly [number, string])[] = [
  [34, 'https://аррӏе.com/'],
  [49, presignedLink('take.mp4').replace('X-Amz-Signature', 'x-amz-signature')],
  [49, `https://files.example/x.mp4#token=${secret}`],
  [49, `https://files.example/exp=1~hmac=${secret}/x.mp4`],
  [49, `https://files.example/x.mp4?u=${encodeURIComponent(encodeURIComponent(`?sig=${secret}`))}`]
]

interface Tried {
  readonly typed: Draft
  readonly created: Draft | null
  /** Everything that the window was told on the way. */
  readonly told: string
}

/** Puts the text into a draft's field and asks for the replica, as the form does. */
const tryInField = (page: Page, text: string): Promise<Tried> =>
  page.evaluate(async (given) => {
    const bridge = (window as unknown as { app: Bridge }).app
    const added = await bridge.draftAdd({ text: '', fileName: null, accountId: null })
    if (!added.ok) throw new Error(added.error.kind)
    const draftId = added.value.added[0]?.id
    if (draftId === undefined) throw new Error('No draft was made')
    const patch = { trainVideoUrl: given, subject: 'non-human' } as const
    const typed = await bridge.draftUpdate({ draftId, patch })
    if (!typed.ok) throw new Error(typed.error.kind)
    const created = await bridge.draftCreate({ draftId })
    await bridge.draftDiscard({ draftIds: [draftId] })
    const told = JSON.stringify([typed, created])
    return { typed: typed.value, created: created.ok ? created.value : null, told }
  }, text)

/** Drops the text, and answers the drafts that this made. */
const tryByDrop = (page: Page, text: string): Promise<readonly Draft[]> =>
  page.evaluate(async (given) => {
    const bridge = (window as unknown as { app: Bridge }).app
    const added = await bridge.draftAdd({ text: given, fileName: null, accountId: null })
    if (!added.ok) throw new Error(added.error.kind)
    const { added: drafts } = added.value
    for (const { id } of drafts) await bridge.draftDiscard({ draftIds: [id] })
    return drafts
  }, text)

const errorsOf = (draft: Draft): readonly string[] =>
  (draft.trainVideo?.findings ?? [])
    .filter(({ level }) => level === 'error')
    .map(({ code }) => code)

test('URLs 1 to 49: each ends in a finding, and nothing is sent', async ({ connect, sandbox }) => {
  const { page } = await connect()
  for (const [number, text] of refused) {
    const where = `${number}: ${text.slice(0, 80)}`
    const { typed, created, told } = await tryInField(page, text)
    expect(errorsOf(typed), where).not.toEqual([])
    const codes = created?.error?.kind === 'invalid-input' ? created.error.issues : []
    expect(codes, where).toContainEqual(expect.objectContaining({ field: 'trainVideoUrl' }))
    expect(sweepText(told, linkCanaries), where).toEqual([])
    // In dropped text a tab or a new line ends a link; in a field it is part of what was given.
    const dropped = /[\t\n]/.test(text) ? [] : await tryByDrop(page, text)
    for (const draft of dropped) {
      expect(draft.trainVideo === null || errorsOf(draft).length > 0, where).toBe(true)
      expect(sweepText(JSON.stringify(draft), linkCanaries), where).toEqual([])
    }
  }
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})

test('URLs that are unusual only: what is secret about them stays so', async ({ launch }) => {
  const { page } = await launch()
  for (const [number, text] of unusual) {
    const { typed, told } = await tryInField(page, text)
    expect(
      typed.trainVideo?.findings.map(({ level }) => level),
      String(number)
    ).not.toEqual([])
    expect(sweepText(told, linkCanaries), `${number}: ${text}`).toEqual([])
  }
  const { typed } = await tryInField(page, unusual[0]?.[1] ?? '')
  expect(typed.trainVideo?.host).toBe('xn--80ak6aa92e.com')
})

test('URL 50, 51: two hundred links at once, and a list with comments', async ({ launch }) => {
  const { page } = await launch()
  const links = Array.from({ length: 200 }, (_, index) => `https://files.example/${index}.mp4`)
  const drafts = await tryByDrop(page, links.join('\r\n'))
  expect(drafts.map(({ trainVideo }) => trainVideo?.fileName)).toEqual(
    links.map((link) => link.slice('https://files.example/'.length))
  )
  const list =
    '# from the studio\r\nhttps://files.example/a.mp4\r\n#\r\n\r\nhttps://files.example/b.mp4\r\n'
  expect((await tryByDrop(page, list)).map(({ trainVideo }) => trainVideo?.fileName)).toEqual([
    'a.mp4',
    'b.mp4'
  ])
})

test('a bad link is told in words beside its field', async ({ connect, sandbox }) => {
  const { page, desk } = await connect()
  await desk.button('New replica').first().click()
  const said: readonly (readonly [string, RegExp])[] = [
    ['https://10.0.0.1/x.mp4', /inside a private network/],
    ['http://files.example/x.mp4', /must begin with https/],
    ['https://user:pw@files.example/x.mp4', /user name or password/],
    ['javascript:alert(1)', /not a link/],
    [presigned('X-Amz-Date', compact('2020-01-01T00:00:00.000Z')), /^Expired\./]
  ]
  const card = page.getByRole('region', { name: /^Draft 1/ })
  for (const [text, words] of said) {
    await desk.field('Training video URL').fill(text)
    await desk.field('Replica name').focus()
    await expect(card.getByRole('listitem').filter({ hasText: words })).toBeVisible()
  }
  await desk.button('Create replica').click()
  await expect(desk.field('Training video URL')).toHaveAttribute('aria-invalid', 'true')
  await expect(card).not.toContainText(/unusable-link|invalid-input|private-address|not-https/)
  expect(sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([])
})

const oddNames: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '__proto__',
  '=HYPERLINK("http://x?"&A1)',
  'safe\u202etxt.exe',
  'n'.repeat(500),
  '👩🏽‍🎤 Zoë 🇫🇮',
  '$(id) %s {{7*7}}'
]

test('names that mean something elsewhere are text here, and can be deleted', async ({
  launch,
  sandbox
}) => {
  const replicas = oddNames.map((name, index) => ({
    ...makeReplica(`odd ${index}`, sandbox.clock.now()),
    name
  }))
  for (const replica of replicas) sandbox.state.addReplica(replica)
  const { page } = await launch()
  const alerts: string[] = []
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.dismiss()
  })
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Replicas')
  await desk.hold(0)
  for (const { id, name } of replicas) {
    const asset = page.getByRole('gridcell', { name: id })
    await expect(asset).toContainText(name.slice(0, 4))
    await asset.getByRole('button', { name: /^Delete / }).click()
    await expect(asset).toHaveCount(0)
  }
  await expect(page.locator('main img[src="x"]')).toHaveCount(0)
  expect(alerts).toEqual([])
  const deleted = sandbox.requests.filter(({ method }) => method === 'DELETE')
  expect(deleted.map(({ path }) => path)).toEqual(replicas.map(({ id }) => `/v2/replicas/${id}`))
})
