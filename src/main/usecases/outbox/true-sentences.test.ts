import fc from 'fast-check'
import { expect, it } from 'vitest'
import { falseWords } from '../../../../test/main/outbox/claims.ts'
import { play, stories } from '../../../../test/main/outbox/stories.ts'

/** `npm run test:faults -- --runs 300 [--seed N]` makes more of them. */
const numRuns = Number(process.env['STORY_RUNS'] ?? 30)
const seed = Number(process.env['STORY_SEED'] ?? 4)

/** A story that fails is made shorter for as long, and told with its seed. */
const longestMs = 60_000 + numRuns * 4_000

it(`says nothing that the server’s log does not bear out, in ${numRuns} stories of seed ${seed}`, {
  timeout: longestMs + 30_000
}, async () => {
  await fc.assert(
    fc.asyncProperty(stories, (story) =>
      play(story, async (stage, isCalm) => {
        expect(await falseWords(stage, isCalm)).toEqual([])
      })
    ),
    { seed, numRuns, interruptAfterTimeLimit: longestMs, markInterruptAsFailure: true }
  )
})
