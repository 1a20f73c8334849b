import { expect, it } from 'vitest'
import { requestNames } from '../../src/shared/ipc/channels.ts'
import { contract } from '../../src/shared/ipc/contract.ts'
import { exampleOf } from './example.ts'
import { createFakeMain } from './fake-main.ts'

it.each(requestNames)('%s is answered as the contract says', (name) => {
  const main = createFakeMain()
  const input = exampleOf(contract[name].input)
  main.answer('draft:add', { text: '', fileName: null, accountId: null })
  expect([main.answer(name, input).ok, main.faults]).toEqual([true, []])
})

it('what the contract does not know is a fault, and so is what a request does not take', () => {
  const main = createFakeMain()
  expect(main.answer('asset:steal', {}).ok).toBe(false)
  expect(main.answer('asset:get', { ref: 1 }).ok).toBe(false)
  expect(main.faults).toHaveLength(2)
})
