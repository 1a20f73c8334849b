import { createPersonFolderWriter } from '../../../src/main/archive/person-folder.ts'
import { systemClock } from '../../../src/main/clock.ts'

/** Saves a folder with a file that a small limit on the size of files does not let through, and prints what came of it. */
const [parent = ''] = process.argv.slice(2)
const writer = createPersonFolderWriter({
  ask: async () => new Response(new Uint8Array(200_000)),
  extensionOf: () => 'mp4',
  clock: systemClock,
  mostBytes: 1024 ** 2
})
const saved = await writer.write(
  {
    parent,
    label: 'Everything',
    owner: 'per_1',
    items: [{ key: 'a', label: 'video A' }],
    contentOf: async () => ({
      metadata: { name: 'A' },
      downloads: [{ stem: 'film', url: 'https://example.com/film', allowLoopbackOrigin: null }],
      texts: [],
      gaps: [],
      missing: null
    }),
    pagesOf: () => [],
    onProgress: () => undefined
  },
  new AbortController().signal
)
process.stdout.write(JSON.stringify(saved))
