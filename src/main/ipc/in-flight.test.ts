import { expect, it } from 'vitest'
import { createInFlight } from './in-flight.ts'

it('waits for what is under way, also for what fails, and for nothing else', async () => {
  const inFlight = createInFlight()
  const order: string[] = []
  let finish = (): void => undefined
  const work = new Promise<void>((resolve) => {
    finish = resolve
  })
  void inFlight.track(work.then(() => order.push('answered')))
  await expect(inFlight.track(Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  const settled = inFlight.settled().then(() => order.push('settled'))
  finish()
  await settled
  expect(order).toEqual(['answered', 'settled'])
  await inFlight.settled()
})
