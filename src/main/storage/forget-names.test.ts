import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { storeOfVersion13 } from '../../../test/main/storage/older-store.ts'
import { account, accountId, asset, happening, refOf } from '../../../test/main/storage/records.ts'
import {
  appendMany,
  openIn,
  tamper,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import type { Store } from '../ports/store.ts'

const personId = personIdSchema.parse('per_aaaaaaaa')
const name = 'Amara Oséi'
const target = { refs: [refOf('r1')], personId: null }
const modelOf = (id: string) => ({ ...refOf(id), kind: 'model' as const })
const pseudonyms = () => {
  let count = 0
  return () => {
    count += 1
    return { name: `Forgotten name ${count}`, code: `c${count}` }
  }
}

/** How often the name stands in any file of the folder, in either encoding. */
const sweep = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const path = join(folder, file)
    if (!statSync(path).isFile()) return []
    const bytes = readFileSync(path)
    const words = ['Amara', 'amara', 'AMARA', 'Oséi', 'osei', 'Mara Script']
    return words
      .filter((word) =>
        [Buffer.from(word), Buffer.from(word, 'utf16le')].some((one) => bytes.includes(one))
      )
      .map((word) => `${file}: ${word}`)
  })

const gone = asset('r1', {
  name,
  presence: 'gone',
  details: [{ name: 'script', value: 'Mara Script' }]
})

const at = gone.firstSeenAt

const fill = (store: Store): void => {
  const filled = store.transaction((write) => {
    write.putAccount(account())
    write.putAsset(gone)
    write.putAsset(asset('r2', { name: 'Somebody else' }))
    write.putPerson({
      id: personId,
      name,
      consent: null,
      nameRule: 'amara',
      createdAt: gone.firstSeenAt
    })
    write.assignPerson(gone.ref, personId)
    const other = { what: 'asset', ref: refOf('r2') } as const
    write.putNote({ what: 'asset', ref: gone.ref }, { text: 'Amara wept', tags: ['osei'] }, at)
    write.putNote({ what: 'person', personId }, { text: `Call ${name}`, tags: ['Amara'] }, at)
    write.putNote(other, { text: `Stood beside ${name}`, tags: ['Amara', 'spring'] }, at)
    write.append(happening({ assetId: 'r1', assetName: name, type: 'asset-first-seen' }))
    write.append(
      happening({
        assetId: 'r1',
        assetName: 'Amara',
        type: 'asset-renamed',
        body: { from: name, to: 'Amara' }
      })
    )
    write.append(
      happening({
        assetId: 'r2',
        assetName: 'Somebody else',
        type: 'asset-status-changed',
        body: { reason: 'AMARA OSÉI has moved', to: 'failed' }
      })
    )
    write.append(
      happening({
        assetKind: null,
        assetId: null,
        assetName: null,
        accountId: null,
        accountName: null,
        type: 'person-added',
        body: { person: name }
      })
    )
    write.append(
      happening({
        assetId: 'r1',
        assetName: name,
        type: 'deletion-failed',
        operationId: 'op_1',
        body: { said: `“${name}” is in use`, reason: 'provider-refused', httpStatus: 409 }
      })
    )
  })
  if (!filled.ok) throw new Error(filled.error.kind)
}

const maintained = async (store: Store): Promise<void> =>
  store.maintain(new AbortController().signal)

describe('forgetting a name', () => {
  it('leaves it nowhere in the data folder, and the chain verifies, also after a restart', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    fill(store)
    await maintained(store)
    const preview = store.forgetPreview(target)
    expect(preview).toMatchObject({
      obstacle: null,
      things: 1,
      persons: 1,
      records: 5,
      copies: 1,
      keepers: []
    })
    expect(sweep(folder)).not.toEqual([])
    const done = await store.forgetNames(target, 5, pseudonyms())
    expect(done).toEqual({
      ok: true,
      value: { records: 5, pseudonym: 'Forgotten name 2', isClean: true }
    })
    expect(sweep(folder)).toEqual([])
    expect(store.read.note({ what: 'asset', ref: refOf('r2') })).toEqual({
      text: 'Stood beside Forgotten name 2',
      tags: ['Forgotten name 1', 'spring']
    })
    const check = await store.checkHistory(null)
    expect(check).toMatchObject({ isIntact: true, checkedCount: 6, forgottenCount: 5 })
    store.close()
    expect(sweep(folder)).toEqual([])
    const again = openIn(folder)
    expect(again.health().state).toBe('ok')
    expect(await again.checkHistory(null)).toMatchObject({ isIntact: true, forgottenCount: 5 })
    expect(sweep(folder)).toEqual([])
  })

  it('shows a pseudonym, under which it is found, and not under the name', async () => {
    const store = openIn(temporaryFolder())
    fill(store)
    await store.forgetNames(target, null, pseudonyms())
    const query = {
      accountId: null,
      asset: null,
      group: 'all',
      beforeSeq: null,
      limit: 50
    } as const
    expect(store.read.history({ ...query, search: 'Amara' }).rows).toEqual([])
    expect(store.read.history({ ...query, search: 'forgotten 1' }).rows.length).toBeGreaterThan(3)
    expect(store.read.asset(gone.ref)).toMatchObject({ name: 'Forgotten name 1', details: [] })
    expect(store.read.persons()).toMatchObject([{ name: 'Forgotten name 2', nameRule: null }])
    const refused = store.read
      .historyStory(gone.ref, 50)
      .rows.find(({ type }) => type === 'deletion-failed')
    expect(refused?.body).toEqual({ reason: 'provider-refused', httpStatus: 409 })
    const other = store.read.historyStory(refOf('r2'), 50).rows[0]
    expect(other).toMatchObject({
      assetName: 'Somebody else',
      body: { reason: 'Forgotten name 2 has moved' }
    })
  })

  it('treats records of version 13 likewise, and finds what is changed in them later', async () => {
    const folder = temporaryFolder()
    storeOfVersion13(folder, [
      happening({ assetId: 'r1', assetName: name }),
      happening({ assetId: 'r3', assetName: 'Other' })
    ])
    const store = openIn(folder)
    expect((await store.forgetNames(target, 1, pseudonyms())).ok).toBe(true)
    expect(sweep(folder)).toEqual([])
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true, forgottenCount: 1 })
    store.close()
    tamper(folder, `UPDATE history SET type = 'asset-returned' WHERE seq = 1`)
    expect(await openIn(folder).checkHistory(null)).toMatchObject({
      isIntact: false,
      firstBadSeq: 1
    })
  })

  it('takes the name out of the ids of models, and out of the operations that used them', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    const model = modelOf('studio/amara')
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('studio/amara', { ref: model, name: 'studio/amara', presence: 'gone' }))
      write.putAsset(
        asset('studio/amaranth', {
          ref: modelOf('studio/amaranth'),
          name: 'studio/amaranth'
        })
      )
      write.append(
        happening({
          assetKind: 'model',
          assetId: 'studio/amara',
          assetName: 'studio/amara',
          operationId: 'op_1',
          type: 'deletion-asked',
          body: { batch: 'bat_1' }
        })
      )
    })
    expect((await store.forgetNames({ refs: [model], personId: null }, 1, pseudonyms())).ok).toBe(
      true
    )
    expect(store.read.asset(modelOf('forgotten/c1'))).toMatchObject({
      name: 'Forgotten name 1'
    })
    expect(store.read.asset(modelOf('studio/amaranth'))).not.toBeNull()
    const [line] = store.read.historyStory(modelOf('forgotten/c1'), 9).rows.slice(-1)
    expect(line).toMatchObject({ assetId: 'forgotten/c1' })
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true, forgottenCount: 1 })
  })

  it('is refused while the thing is listed, and says what else keeps the name', async () => {
    const store = openIn(temporaryFolder())
    fill(store)
    store.transaction((write) => write.putAsset(asset('r5', { name: `${name} 2` })))
    expect(store.forgetPreview({ refs: [refOf('r2')], personId: null }).obstacle).toBe('listed')
    expect(
      await store.forgetNames({ refs: [refOf('r2')], personId: null }, null, pseudonyms())
    ).toMatchObject({ ok: false })
    expect(store.forgetPreview(target).keepers).toEqual([{ what: 'asset', name: `${name} 2` }])
    expect(store.forgetPreview({ refs: [refOf('r9')], personId: null }).things).toBe(1)
  })

  it('does nothing where fewer records are there than were shown, and forgets what came since', async () => {
    const store = openIn(temporaryFolder())
    fill(store)
    const done = await store.forgetNames(target, 6, pseudonyms())
    expect(done).toEqual({ ok: false, error: { kind: 'confirmation-expired' } })
    expect(store.read.asset(gone.ref)?.name).toBe(name)
    expect(await store.forgetNames(target, 4, pseudonyms())).toMatchObject({
      value: { records: 5 }
    })
  })

  it('is known again, by no name, when a copy from before was taken in', async () => {
    const store = openIn(temporaryFolder())
    fill(store)
    expect(store.read.namedAgain()).toEqual([])
    await store.forgetNames(target, null, pseudonyms())
    expect(store.read.namedAgain()).toEqual([])
    store.transaction((write) => write.putAsset(gone))
    expect(store.read.namedAgain()).toEqual([{ refs: [gone.ref], personId: null }])
  })

  it('removes older copies later if it could not be done at once', async () => {
    const folder = temporaryFolder()
    const store = openIn(folder)
    fill(store)
    appendMany(store, 3)
    await maintained(store)
    const backups = join(folder, 'backups')
    const before = readdirSync(backups)
    await store.forgetNames(target, null, pseudonyms())
    const after = readdirSync(backups)
    expect(after).toHaveLength(1)
    expect(before).not.toContain(after[0])
  })
})

it('keeps an account that is not about it', async () => {
  const store = openIn(temporaryFolder())
  fill(store)
  await store.forgetNames(target, null, pseudonyms())
  expect(store.read.account(accountId)?.name).toBe('Studio')
})
