import { afterEach, expect, test } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import { ok } from '../../shared/result.ts'
import { transcriptText } from '../export/transcript-text.ts'
import { createTranscripts } from './transcripts.ts'

let open: TestDesk | null = null

afterEach(async () => {
  await open?.close()
  open = null
})

const start = async (askWhere: (name: string) => Promise<string | null>) => {
  const desk = await startDesk({ seedData: 'sample' })
  open = desk
  await desk.library.refresh(desk.accountId)
  const saved: [string, string][] = []
  const transcripts = createTranscripts({
    store: desk.store,
    keyRing: desk.keyRing,
    providerOf: () => desk.providers.tavus,
    makeReady: async () => ok(null),
    stopping: new AbortController().signal,
    askWhere,
    saveText: async (path, text) => {
      saved.push([path, text])
      return ok(null)
    },
    wordsOf: transcriptText
  })
  const [talk] = desk.store.read.assets({
    ...anyListed,
    kind: 'conversation',
    search: 'first visitor',
    limit: 1
  }).rows
  if (talk === undefined) throw new Error('No conversation in the sample data')
  const verbose = () =>
    desk.sandbox.requests.filter(
      ({ path, query }) => path.startsWith('/v2/conversations') && 'verbose' in query
    )
  return { transcripts, talk, saved, verbose }
}

test('is requested once when it is asked for, and saved as it was read', async () => {
  const { transcripts, talk, saved, verbose } = await start(async (name) => `/home/${name}`)
  expect(verbose()).toEqual([])
  expect(unwrap(await transcripts.read(talk.ref)).lines).toHaveLength(4)
  const path = '/home/transcript-Front-desk-first-visitor.txt'
  expect(unwrap(await transcripts.save(talk.ref))).toEqual({ savedAs: path })
  expect(verbose()).toHaveLength(1)
  expect(saved[0]?.[1]).toContain('Visitor: When are you open on Saturdays?')
})

test('is not requested while nobody has said where to save it', async () => {
  const { transcripts, talk, saved, verbose } = await start(async () => null)
  expect(unwrap(await transcripts.save(talk.ref))).toEqual({ savedAs: null })
  expect([verbose(), saved]).toEqual([[], []])
})
