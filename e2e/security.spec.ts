import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Asset } from '../src/shared/domain/asset.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { requestNames } from '../src/shared/ipc/channels.ts'
import { faultCatalog } from '../test/sandbox/fault-catalog.ts'
import { test } from './fixtures.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'
import { ownReplicas } from './pages/listed.ts'

const callBridge = (page: Page, name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    ([called, given]) => {
      const bridge = (window as unknown as { app: Record<string, (input: unknown) => unknown> }).app
      return bridge[called as string]?.(given)
    },
    [name, input] as const
  )

/** The page's own address says which language was chosen, and which ones the system has. */
const ownAddress = /^app:\/\/bundle\/index\.html\?chosen=system&preferred=en-US/

test('the built window holds no schema library, and no parser of messages', () => {
  const folder = join(import.meta.dirname, '..', 'out', 'renderer')
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js')
  )
  expect(scripts.length).toBeGreaterThan(0)
  const holding = scripts.filter((name) =>
    /\$?ZodError|_zod\b|UNMATCHED_CLOSING_TAG/.test(readFileSync(join(folder, name), 'utf8'))
  )
  expect(holding).toEqual([])
})

test('the built app plays the sample data, and holds no faults of tests', () => {
  const folder = join(import.meta.dirname, '..', 'out', 'main')
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const holding = (pattern: RegExp) =>
    scripts.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
  expect(holding(/Adaeze Nwosu/)).not.toEqual([])
  const kinds = new Set<string>(Object.values(faultCatalog).map(({ kind }) => kind))
  // The encoding has that name wherever text is read.
  const telling = [...kinds].filter((kind) => kind.includes('-') && kind !== 'utf-16')
  expect(telling.length).toBeGreaterThan(2)
  expect(holding(new RegExp(`['"\`](?:${telling.join('|')})['"\`]`))).toEqual([])
  expect(holding(/resetAndDestroy|guest network|SSH-2\.0/)).toEqual([])
})

test('E1-E5, I1, I2: the page is shut in', async ({ launch }) => {
  const { app, page } = await launch()
  await test.step('E1: every page is sandboxed and isolated, without Node', async () => {
    const preferences = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const last = (
          contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
        ).getLastWebPreferences()
        return {
          sandbox: last.sandbox,
          contextIsolation: last.contextIsolation,
          nodeIntegration: last.nodeIntegration,
          webSecurity: last.webSecurity,
          webviewTag: last.webviewTag,
          experimentalFeatures: last.experimentalFeatures ?? false
        }
      })
    )
    expect(preferences).toEqual([
      {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        experimentalFeatures: false
      }
    ])
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)
    )
    expect(globals).toEqual([])
  })

  await test.step('E2: the page comes from app://, and nothing but the bundle does', async () => {
    expect(page.url()).toMatch(ownAddress)
    const statuses = await app.evaluate(async ({ session }) => {
      const addresses = [
        'app://bundle/index.html',
        'app://bundle/%2e%2e%2fmain/index.js',
        'app://bundle/..%2f..%2fpackage.json',
        'app://other/index.html',
        'media://00000000000000000000000000000000'
      ]
      const answers = addresses.map(async (address) => {
        const answer = await session.defaultSession.fetch(address)
        return answer.status
      })
      return Promise.all(answers)
    })
    expect(statuses).toEqual([200, 404, 404, 404, 404])
  })

  await test.step('E4: the page gets no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read']
      const asked = names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state)
      )
      return Promise.all(asked)
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
  })

  await test.step('I1: the page is given exactly the functions of the contract, frozen', async () => {
    const given = await page.evaluate(() => {
      const { app } = window as unknown as { app: Record<string, unknown> }
      return {
        functions: Object.keys(app).filter((name) => !/^on[A-Z]/.test(name)),
        others: Object.values(app).filter((value) => typeof value !== 'function').length,
        isFrozen: Object.isFrozen(app)
      }
    })
    const expected = requestNames.map((name) =>
      name.replace(/:(.)/, (_match, letter: string) => letter.toUpperCase())
    )
    expect(given.functions.sort()).toEqual([...expected].sort())
    expect(given).toMatchObject({ others: 0, isFrozen: true })
  })

  await test.step('I2: a frame inside the page has no bridge', async () => {
    const hasBridge = await page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      return 'app' in (frame.contentWindow ?? {})
    })
    expect(hasBridge).toBe(false)
  })

  await test.step('E3: the policy is a header; inline code, evaluation and connections are refused', async () => {
    const refused = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(event.effectiveDirective)
      )
      const script = document.createElement('script')
      script.textContent = 'window.wasRun = true'
      document.body.append(script)
      const style = document.createElement('style')
      style.textContent = 'body { opacity: 0 }'
      document.head.append(style)
      const fetched = await fetch('https://example.com/').then(
        () => 'answered',
        () => 'refused'
      )
      const frame = document.createElement('iframe')
      frame.src = 'https://example.com/'
      document.body.append(frame)
      // Text handed to a timer is evaluated by the page itself, so the page's policy decides.
      window.setTimeout('window.wasEvaluated = true', 0)
      // The frame's refusal comes last, from another process.
      await new Promise<void>((resolve) => {
        const look = () =>
          violations.includes('frame-src') ? resolve() : requestAnimationFrame(look)
        look()
      })
      return {
        violations,
        fetched,
        wasRun: 'wasRun' in window,
        wasEvaluated: 'wasEvaluated' in window
      }
    })
    expect(refused).toMatchObject({ fetched: 'refused', wasRun: false, wasEvaluated: false })
    expect(refused.violations).toEqual(
      expect.arrayContaining([
        'script-src-elem',
        'script-src',
        'style-src-elem',
        'connect-src',
        'frame-src'
      ])
    )
  })

  await test.step('E5: the page goes nowhere and opens nothing', async () => {
    await page.evaluate(() => {
      window.open('https://example.com/')
      const link = document.createElement('a')
      link.href = 'https://example.com/'
      document.body.append(link)
      link.click()
      link.target = '_blank'
      link.click()
    })
    const session = await page.context().newCDPSession(page)
    const data = {
      items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }],
      dragOperationsMask: 1
    }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: 600, y: 500, data })
    }
    expect(page.url()).toMatch(ownAddress)
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })
})

test('E9: a second instance leaves at once', async ({ launch, userData }) => {
  const first = await launch()
  await expect(launch()).rejects.toThrow()
  expect(await first.page.title()).toBe('Replica Desk')
  expect(userData).not.toBe('')
})

test.describe('I3: messages that the contract does not know change nothing', () => {
  const ref = { accountId: 'acc_0123456789abcdef', kind: 'replica', id: 'rf4e9d9790f0' }
  const choices = { mode: 'soft', byKind: {}, without: [] }
  const named = (refs: unknown) => ({ scope: 'assets', refs })
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['an unknown field', 'assetGet', { ref, extra: 1 }],
    ['300 KiB', 'draftAdd', { text: 'x'.repeat(300 * 1024), fileName: null, accountId: null }],
    ['2,001 ids', 'planMake', { subject: named(Array(2_001).fill(ref)), choices }],
    ['an object that plays a list', 'planMake', { subject: named({ length: 1e9 }), choices }],
    [
      'a deletion without a token',
      'deletionStart',
      { planId: 'plan_0123456789abcdef', mode: 'soft', typed: null, runAt: null }
    ],
    ['a URL to open', 'linkOpen', { linkId: 'https://evil.example/' }],
    ['__proto__ for an account', 'keyForget', { accountId: '__proto__' }],
    [
      'a path to export to',
      'historyExport',
      { selection: { scope: 'all' }, format: 'csv', path: '../../x' }
    ]
  ]

  test('nor harm anybody', async ({ launch }) => {
    const { page } = await launch()
    await test.step('each is refused by name', async () => {
      for (const [what, name, input] of cases) {
        expect(await callBridge(page, name, input), what).toMatchObject({
          ok: false,
          error: { kind: 'invalid-input' }
        })
      }
    })

    await test.step('values that are no plain data never arrive as such', async () => {
      const answers = await page.evaluate(async () => {
        type Loose = Record<string, (input: unknown) => Promise<{ readonly ok: boolean }>>
        const { app } = window as unknown as { app: Loose }
        const cyclic: Record<string, unknown> = { accountId: null }
        cyclic['self'] = cyclic
        const inputs: readonly unknown[] = [
          cyclic,
          { accountId: 1n },
          { accountId: new Date(0) },
          { accountId: () => null },
          { accountId: null, toString: () => 'x' },
          new Proxy({ accountId: null, more: 1 }, {}),
          undefined,
          Symbol('x'),
          // These once kept main busy for seconds, when they were written out to be measured.
          new Array(1_000_000),
          { accountId: new Uint8Array(30_000_000) },
          new Map([['accountId', null]])
        ]
        // What cannot be copied at all is refused on this side of the border already.
        const asked = inputs.map((input) =>
          Promise.resolve()
            .then(() => app['assetCount']?.(input))
            .then(
              (answer) => answer?.ok,
              () => false
            )
        )
        return Promise.all(asked)
      })
      expect(answers).toEqual(Array.from({ length: 11 }, () => false))
      expect(await callBridge(page, 'assetCount', { accountId: null })).toMatchObject({ ok: true })
    })

    await test.step('a thousand at once are all answered, and the window stays alive', async () => {
      const answered = await page.evaluate(async () => {
        const bridge = (
          window as unknown as { app: { assetCount(input: unknown): Promise<unknown> } }
        ).app
        const calls = Array.from({ length: 1000 }, () => bridge.assetCount({ accountId: null }))
        return (await Promise.all(calls)).length
      })
      expect(answered).toBe(1000)
    })
  })
})

test('I4: a page that is not the app is answered nothing, though it has the bridge', async ({
  launch
}) => {
  const { app } = await launch()
  const preload = join(import.meta.dirname, '..', 'out', 'preload', 'index.cjs')
  const answer = await app.evaluate(async ({ BrowserWindow }, file) => {
    const webPreferences = { preload: file, sandbox: true, contextIsolation: true }
    const other = new BrowserWindow({ show: false, webPreferences })
    await other.loadURL('about:blank')
    const told: unknown = await other.webContents.executeJavaScript('window.app.appBootstrap({})')
    other.destroy()
    return told
  }, preload)
  expect(answer).toEqual({ ok: false, error: { kind: 'bug', reference: 'untrusted-sender' } })
})

test('I4: a call on the way out of the page harms nobody', async ({ launch }) => {
  const { page } = await launch()
  // A reload ends a load that is still under way, which Playwright takes for a failure of its own.
  await page.waitForLoadState()
  await page.evaluate(() => {
    const { app } = window as unknown as { app: Bridge }
    window.addEventListener('pagehide', () => void app.accountExploreSample({}))
  })
  await page.reload()
  expect(await callBridge(page, 'assetCount', { accountId: null })).toMatchObject({ ok: true })
})

test.describe('closing the window while it is being told things', () => {
  test.use({ sandboxOptions: { seedData: { replicas: 3 }, latencyMs: 200 } })

  test('ends the app as ever', async ({ launch, sandbox }) => {
    const { app, page } = await launch()
    await new Desk(page).addAccount(studioNorth(sandbox.origin))
    await expect.poll(() => sandbox.requests.length).toBeGreaterThan(0)
    await page.evaluate(() => {
      const bridge = (window as unknown as { app: Bridge }).app
      bridge.onLibraryChanged(() => undefined)
      bridge.onSyncChanged(() => undefined)
    })
    const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve))
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close()
    })
    expect(await ended).toBe(0)
  })
})

test.describe('I5: a confirmation is good for one deletion, exactly as it was shown', () => {
  test.use({ sandboxOptions: { seedData: { replicas: 4 } } })

  type Tampering = 'made-up' | 'used' | 'other-plan' | 'other-mode' | 'other-choice' | 'nothing'

  /** Plans for the first replica listed, then starts what tampering makes of it. */
  const runTampered = async (page: Page, tampering: Tampering) => {
    const [first, second] = await ownReplicas(page)
    if (first === undefined || second === undefined) throw new Error('Too few replicas')
    return page.evaluate(startTampered, [tampering, first, second] as const)
  }

  /** Runs in the window. */
  const startTampered = async ([how, first, second]: readonly [Tampering, Asset, Asset]) => {
    const { app } = window as unknown as { app: Bridge }
    const choices = { mode: 'soft' as const, byKind: {}, without: [] }
    const planFor = async (ref: typeof first.ref) => {
      const made = await app.planMake({ subject: { scope: 'assets', refs: [ref] }, choices })
      if (!made.ok) throw new Error(made.error.kind)
      return made.value
    }
    const { planId, token } = await planFor(first.ref)
    const right = { planId, token, mode: 'soft' as const, typed: null, runAt: null }
    if (how === 'used') await app.deletionStart(right)
    if (how === 'other-choice') {
      await app.planChoose({ planId, choices: { ...choices, mode: 'permanent' } })
    }
    const tampered = {
      'made-up': { ...right, token: 'A'.repeat(43) },
      used: right,
      'other-plan': { ...right, planId: (await planFor(second.ref)).planId },
      'other-mode': { ...right, mode: 'permanent' as const, typed: first.name },
      'other-choice': { ...right, mode: 'permanent' as const, typed: first.name },
      nothing: right
    }
    const answer = await app.deletionStart(tampered[how])
    return answer.ok ? 'ran' : answer.error.kind
  }

  test('any other use is refused, and nothing is sent', async ({ launch, sandbox }) => {
    const { page } = await launch()
    const desk = new Desk(page)
    await desk.addAccount(studioNorth(sandbox.origin))
    await desk.goTo('Replicas')
    await expect(page.getByRole('main').getByRole('gridcell')).toHaveCount(4)
    // What is not held leaves at once, so that a request that should not have left can be seen.
    await page.evaluate(() =>
      (window as unknown as { app: Bridge }).app.settingsUpdate({ holdSeconds: 0 })
    )
    const deletions = () => sandbox.requests.filter(({ method }) => method === 'DELETE').length
    for (const tampering of ['made-up', 'other-plan', 'other-mode', 'other-choice'] as const) {
      expect(await runTampered(page, tampering), tampering).toBe('confirmation-expired')
    }
    expect(deletions()).toBe(0)
    expect(await runTampered(page, 'used')).toBe('confirmation-expired')
    await expect.poll(deletions).toBe(1)
    await expect(page.getByRole('main').getByRole('gridcell')).toHaveCount(3)
    expect(await runTampered(page, 'nothing')).toBe('ran')
    await expect.poll(deletions).toBe(2)
  })
})
