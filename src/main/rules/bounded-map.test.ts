import { expect, test } from 'vitest'
import { createBoundedMap } from './bounded-map.ts'

const lengthOf = (text: string): number => text.length

test('lets go of the oldest, and counts what is set anew as new', () => {
  const map = createBoundedMap(24, lengthOf)
  map.set('a', '1234567')
  map.set('b', '1234567')
  map.set('c', '1234567')
  map.set('a', '7654321')
  map.set('d', '1234567')
  expect(['a', 'b', 'c', 'd'].filter((key) => map.has(key))).toEqual(['a', 'c', 'd'])
  expect(map.get('a')).toBe('7654321')
  expect(map.get('b')).toBeUndefined()
})

test('keeps the newest, however large', () => {
  const map = createBoundedMap(10, lengthOf)
  map.set('a', '1')
  map.set('b', 'x'.repeat(100))
  expect(map.has('a')).toBe(false)
  expect(map.get('b')).toHaveLength(100)
})
