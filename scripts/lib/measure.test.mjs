import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { formatTable, measureByTurns, median, toResult } from './measure.mjs'
import { processTree } from './process-memory.mjs'

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100], 10]
])('median of %j', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test('measures by turns and leaves out the first one', async () => {
  const order = []
  const measure = (name, values) => async () => {
    order.push(name)
    return values.shift()
  }
  const medians = await measureByTurns(3, measure('A', [99, 1, 2, 3]), measure('B', [99, 4, 5, 6]))
  expect(order.join('')).toBe('ABABABAB')
  expect(medians).toEqual({ value: 2, floor: 5 })
})

test('a result tells value, floor, what is over it, and ratio', () => {
  const result = toResult('startup', 'ms', { value: 600.129, floor: 500 })
  expect(result).toEqual({ name: 'startup', value: 600.13, unit: 'ms', floor: 500, ratio: 1.2 })
  expect(formatTable([result])).toContain('startup  600.13 ms  500 ms  100.13 ms  1.20')
})

test.skipIf(process.platform !== 'linux')('processTree finds children of children', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const [grandchild] = await once(child.stdout.setEncoding('utf8'), 'data')
  const tree = processTree(process.pid)
  process.kill(Number(grandchild))
  expect(tree).toEqual(expect.arrayContaining([process.pid, child.pid, Number(grandchild)]))
})
