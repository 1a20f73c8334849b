import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { folded, holdsName, isFoundIn, searchPieces } from './folded.ts'

describe('folded', () => {
  it.each([
    ['Łukasz', 'lukasz'],
    ['Søren', 'soren'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Þórdís Æsa Ðorvald', 'thordis aesa dorvald'],
    ['Đặng Thị Hồng', 'dang thi hong'],
    ['Işıl İnci', 'isil inci'],
    ['ＡＢＣ ﬁlm', 'abc film'],
    ['Σίσυφος ΟΔΟΣ', 'σισυφοσ οδοσ'],
    ['O’Brien\u2011Núñez', "o'brien-nunez"],
    ['a\u00ADb\u200Ec', 'abc']
  ])('%s is compared as %s', (text, expected) => {
    expect(folded(text)).toBe(expected)
  })

  it.each([
    ['राम', 'रमा'],
    ['이수', '이순'],
    ['й', 'и'],
    ['ガ', 'カ'],
    ['שָׁלוֹם', 'שלום'],
    ['กี', 'กิ']
  ])('keeps %s and %s apart', (one, other) => {
    expect(folded(one)).not.toBe(folded(other))
  })

  test('does not tell composed from decomposed text, nor what was folded from what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(folded(text.normalize('NFD'))).toBe(folded(text.normalize('NFC')))
        expect(folded(folded(text))).toBe(folded(text))
      })
    )
  })
})

describe('holdsName', () => {
  it.each([
    ['राम कुमार', 'राम', true],
    ['रमा देवी', 'राम', false],
    ['रमा देवी', 'रम', false],
    ['이순신', '이수', false],
    ['이수진 소개', '이수', false],
    ['이수 소개', '이수', true],
    ['山田葉子の研修ビデオ', '葉子', true],
    ['Łukasz, take 2', 'lukasz', true],
    ['kenji_watanabe_v2', 'Kenji', true],
    ['Priya2', 'priya', true],
    ['Take 12', 'take 1', false],
    ['Joanna', 'Ann', false],
    ['Priya Ramanathan', 'Priya Raman', false],
    ['วิดีโอของสมชาย', 'สมชาย', true],
    ['Ολυμπία', 'ολυμπια', true],
    ['Amara', ' ', false]
  ])('"%s" with "%s": %s', (text, name, isHeld) => {
    expect(holdsName(text, name)).toBe(isHeld)
  })
})

describe('isFoundIn', () => {
  it.each([
    ['山田葉子の研修ビデオ', '葉子', true],
    ['山田葉子の研修ビデオ', '葉 ビデオ', true],
    ['山田葉子', '葉山', false],
    ['วิดีโอของสมชาย', 'สมชาย', true],
    ['لقاء الكتاب', 'كتاب', true],
    ['portrait-lora', 'portrait-l', true],
    ['Go to history', '', true],
    ['Go to history', 'hist', true],
    ['Go to history', 'history go', true],
    ['Refresh Estúdio São João', 'sao refresh', true],
    ['Go to history', 'story', false],
    ['Go to history', 'histories', false],
    ['Go to history', 'go videos', false]
  ])('"%s" by "%s": %s', (text, search, isFound) => {
    expect(isFoundIn(text, search)).toBe(isFound)
  })
})

test('pieces are words where spaces part them, and letters with their marks elsewhere', () => {
  expect(searchPieces('Zoë’s take_2, 葉子 राम')).toEqual([
    'zoe',
    's',
    'take',
    '2',
    '葉',
    '子',
    'रा',
    'म'
  ])
})
