import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../../test/main/manual-clock.ts'
import { account, accountId, asset } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { firstFilter, forKind, queryOf } from '../../renderer/state/library-pages.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import type { Account } from '../../shared/domain/account.ts'
import { defaultSettings } from '../../shared/domain/default-settings.ts'
import type { Store } from '../ports/store.ts'
import { createFirstScreenFile, readFirstScreen } from '../storage/first-screen-file.ts'
import { createFirstScreenKeeper, firstQuery } from './first-screen.ts'

const version = '1.2.3'

const viewOf = (store: Store): readonly Account[] =>
  store.read.accounts().map(({ id, provider, name, color, isReadOnly, isSample, createdAt }) => ({
    id,
    provider,
    name,
    color,
    apiAddress: 'https://tavusapi.com',
    isReadOnly,
    isSample,
    createdAt,
    key: { state: 'saved', last4: 'k3y4', setAt: createdAt },
    keyCheck: { outcome: 'works', checkedAt: createdAt }
  }))

const desk = () => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  const clock = createManualClock()
  const stopping = new AbortController()
  const started: Promise<void>[] = []
  store.transaction((write) => {
    write.putAccount(account({ name: 'Studio North' }))
    write.putAsset(
      asset('r1', {
        name: 'Amara Osei',
        errorMessage: 'see https://example.test/x?sig=canary',
        details: [{ name: 'background_url', value: 'https://example.test/y' }]
      })
    )
  })
  const keeper = createFirstScreenKeeper({
    file: createFirstScreenFile(folder, version),
    look: null,
    clock,
    stopping: stopping.signal,
    start: (work) => started.push(work()),
    read: () =>
      store.health().state === 'ok'
        ? {
            version,
            platform: 'linux',
            providers: ['tavus'],
            settings: defaultSettings,
            accounts: viewOf(store),
            sync: [],
            counts: store.read.counts(null)
          }
        : null,
    assets: store.read.assets
  })
  const path = join(folder, 'first-screen.json')
  const settled = async () => {
    clock.advance(3_000)
    await Promise.all(started)
  }
  return {
    store,
    keeper,
    clock,
    stopping,
    settled,
    isThere: () => existsSync(path),
    text: () => readFileSync(path, 'utf8'),
    screen: () => readFirstScreen(folder, version)
  }
}

describe('the first screen follows the library', () => {
  it('once for a crowd of changes, a moment after the first', async () => {
    const { keeper, clock, settled, isThere, screen } = desk()
    keeper.changed()
    keeper.changed()
    expect(clock.waits).toEqual([3_000])
    expect(isThere()).toBe(false)
    await settled()
    expect(screen()).toMatchObject({
      kind: 'replica',
      accounts: [{ name: 'Studio North' }],
      page: { total: 1, rows: [{ name: 'Amara Osei' }] }
    })
  })

  it('and at the end of the app, with what was not written yet', async () => {
    const { keeper, stopping, screen } = desk()
    keeper.changed()
    stopping.abort()
    await keeper.settle()
    expect(screen()?.page.rows).toHaveLength(1)
  })

  it('with where its cards stand, written once for each place', async () => {
    const { keeper, clock, settled, screen } = desk()
    const card = { x: 238, y: 104, width: 157.5, height: 184, posterHeight: 120 }
    const scroller = { width: 1045, height: 690 }
    const look = {
      width: 1280,
      height: 800,
      sideWidth: 220,
      side: 208 as const,
      scroller,
      cards: [card]
    }
    keeper.noteLook(look)
    keeper.noteLook({ ...look })
    await settled()
    expect(screen()?.look).toEqual(look)
    const waited = clock.waits.length
    keeper.noteLook({ ...look })
    expect(clock.waits).toHaveLength(waited)
    keeper.forget()
    await settled()
    expect(screen()?.look).toEqual(look)
  })

  it('without a key, an address or a sentence of a provider', async () => {
    const { keeper, settled, text } = desk()
    keeper.changed()
    await settled()
    for (const told of ['k3y4', 'http', 'canary', 'background_url']) {
      expect(text()).not.toContain(told)
    }
  })

  it('and is gone before an account is, whose names stand in none that is written after', async () => {
    const { store, keeper, settled, isThere, text } = desk()
    keeper.changed()
    await settled()
    expect(text()).toContain('Studio North')
    keeper.forget()
    expect(isThere()).toBe(false)
    store.transaction((write) => write.removeAccount(accountId))
    await settled()
    for (const name of ['Studio North', 'Amara Osei', accountId]) {
      expect(text()).not.toContain(name)
    }
  })

  it('and is gone where the database cannot be trusted', async () => {
    const { store, keeper, settled, isThere } = desk()
    keeper.changed()
    await settled()
    store.close()
    keeper.changed()
    await settled()
    expect(isThere()).toBe(false)
  })
})

it.each(assetKinds)('the rows of %s are those that the window asks for first', (kind) => {
  const { limit: _rows, ...asked } = queryOf(forKind(firstFilter, kind), 0, 0)
  const { limit: _kept, ...kept } = firstQuery(kind)
  expect(kept).toEqual(asked)
})
