import { readFile } from 'node:fs/promises'

export type FixtureName =
  | 'replica-page'
  | 'face-page'
  | 'replica-failed'
  | 'replica-created'
  | 'video-page'

/** An answer in the form that Tavus documents, trimmed, without keys. */
export const readFixtureText = (name: FixtureName): Promise<string> =>
  readFile(new URL(`${name}.json`, import.meta.url), 'utf8')

export const readFixture = async (name: FixtureName): Promise<unknown> =>
  JSON.parse(await readFixtureText(name))
