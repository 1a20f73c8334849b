import { describe, expect, it } from 'vitest'
import {
  accountId,
  asset,
  happening,
  otherAccountId,
  refOf
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { HistoryQuery } from '../../shared/domain/history.ts'

const everything: HistoryQuery = {
  search: '',
  accountId: null,
  asset: null,
  group: 'all',
  beforeSeq: null,
  limit: 100
}

/** 40 records with a word each that begins alike, by turns of two accounts and two kinds of event. */
const start = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => {
    for (let index = 1; index <= 40; index += 1) {
      write.append(
        happening({
          type: index % 4 === 0 ? 'deletion-asked' : 'asset-renamed',
          accountId: index % 2 === 0 ? otherAccountId : accountId,
          assetId: index % 5 === 0 ? 'R1' : 'r1',
          assetName: `Studio${index} Zoë`
        })
      )
    }
  })
  return (query: Partial<HistoryQuery>) =>
    store.read.history({ ...everything, ...query }).rows.map(({ seq }) => seq)
}
const from40 = Array.from({ length: 40 }, (_, index) => 40 - index)

it.each<[string, Partial<HistoryQuery>, (seq: number) => boolean]>([
  ['more words with a beginning than are taken whole', { search: 'studio' }, () => true],
  ['a few of them', { search: 'STUDIO3' }, (seq) => seq === 3 || (seq >= 30 && seq < 40)],
  ['one of them', { search: 'studio17' }, (seq) => seq === 17],
  ['two beginnings', { search: 'zo studio2' }, (seq) => seq === 2 || (seq >= 20 && seq < 30)],
  ['letters with marks', { search: 'zoë' }, () => true],
  ['a filter and a word', { search: 'studio', accountId }, (seq) => seq % 2 === 1],
  ['a kind of event and a word', { search: 'zoe', group: 'deletions' }, (seq) => seq % 4 === 0],
  [
    'one asset, its id to the letter',
    { search: 'studio', asset: refOf('R1') },
    (seq) => seq % 5 === 0 && seq % 2 === 1
  ],
  [
    'all at once, from a place on',
    { search: 'studio1', group: 'deletions', accountId: otherAccountId, beforeSeq: 16 },
    (seq) => seq === 12
  ],
  ['what the filters are kept as', { search: 'tdeletions' }, () => false],
  ['the mark of a filter', { search: '\uE000tdeletions' }, () => false],
  ['query syntax', { search: 'scope : deletions OR "studio1"' }, () => false]
])('finds %s', (_what, query, isFound) => {
  expect(start()(query)).toEqual(from40.filter(isFound))
})

describe('in every script, as the library finds it', () => {
  const names = [
    '山田葉子の研修ビデオ',
    'วิดีโอของสมชาย',
    'राम कुमार',
    'रमा देवी',
    '이순신의 영상',
    'الكتاب الأول',
    'Schulungsvideo Łukasz',
    'Straße nach Süden',
    'portrait-lora',
    'שָׁלוֹם',
    'Ελληνικά ΟΔΟΣ'
  ]

  const begin = () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      for (const [index, name] of names.entries()) {
        write.putAsset(asset(`r${index}`, { name }))
        write.append(happening({ assetId: `r${index}`, assetName: name }))
      }
    })
    return {
      inHistory: (search: string) =>
        store.read
          .history({ ...everything, search })
          .rows.map(({ assetName }) => assetName)
          .sort(),
      inLibrary: (search: string) =>
        store.read
          .assets({ ...anyListed, kind: 'replica', search, offset: 0, limit: 100 })
          .rows.map(({ name }) => name)
          .sort()
    }
  }

  it.each([
    ['葉子', ['山田葉子の研修ビデオ']],
    ['ビデオ', ['山田葉子の研修ビデオ']],
    ['สมชาย', ['วิดีโอของสมชาย']],
    ['राम', ['राम कुमार']],
    ['이수', []],
    ['순신', ['이순신의 영상']],
    ['كتاب', ['الكتاب الأول']],
    ['lukasz', ['Schulungsvideo Łukasz']],
    ['video', ['Schulungsvideo Łukasz']],
    ['strasse', ['Straße nach Süden']],
    ['portrait-l', ['portrait-lora']],
    ['οδοσ', ['Ελληνικά ΟΔΟΣ']]
  ])('%s', (search, expected) => {
    const { inHistory, inLibrary } = begin()
    expect(inHistory(search)).toEqual(expected)
    expect(inLibrary(search)).toEqual(expected)
  })
})
