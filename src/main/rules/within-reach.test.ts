import { expect, test } from 'vitest'
import { isWithinReach } from './within-reach.ts'

const left = { x: 0, y: 0, width: 1440, height: 900 }
const right = { x: 1440, y: 0, width: 1920, height: 1080 }
const above = { x: 0, y: -1080, width: 1920, height: 1080 }

const at = (x: number, y: number) => ({ x, y, width: 1280, height: 800 })

test.each([
  ['on the only display', at(80, 50), [left], true],
  ['on the second of two displays', at(1500, 20), [left, right], true],
  ['on a second display that is gone', at(1500, 20), [left], false],
  ['on the display that is left, partly', at(900, 100), [left], true],
  ['above, where there was a display', at(80, -1000), [left], false],
  ['above, where there is one', at(80, -1000), [left, above], true],
  ['with its title bar just above the display', at(80, -1), [left], false],
  ['where no display is left', at(0, 0), [], false]
])('a place %s', (_what, place, displays, isReachable) => {
  expect(isWithinReach(place, displays)).toBe(isReachable)
})
