import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Ids that a source writes out, and the beginnings of those that end in a value. */
export const idsIn = (text) => ({
  whole: [...text.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, id]) => id),
  begun: [...text.matchAll(/`([\w-]+(?:\.[\w-]+)*\.(?:[\w-]*))\$\{/g)].map(([, start]) => start)
})

/** Those of the ids that one of the sources may ask for. */
export const usedIds = (ids, texts) => {
  const uses = texts.map(idsIn)
  const whole = new Set(uses.flatMap((use) => use.whole))
  const begun = [...new Set(uses.flatMap((use) => use.begun))]
  return ids.filter((id) => whole.has(id) || begun.some((start) => id.startsWith(start)))
}

/** What a source imports of the app, at once and later; types alone are not imported. */
const importsOf = (file, text) => {
  const found = (pattern) =>
    [...text.matchAll(pattern)]
      .map(([, specifier]) => resolve(dirname(file), specifier))
      .filter((path) => /\.tsx?$/.test(path) && existsSync(path))
  return {
    first: found(/^(?:import|export)\s(?!type\s)(?:[^'"`;]*?\sfrom\s)?'(\.[^']+)'/gm),
    later: found(/\bimport\('(\.[^']+)'\)/g)
  }
}

/** Texts of what the entry's script consists of, and of what is loaded after it. */
export const sourcesOf = (entry) => {
  const texts = new Map()
  const later = []
  const read = (path) => {
    if (texts.has(path)) return
    const text = readFileSync(path, 'utf8')
    texts.set(path, text)
    const imports = importsOf(path, text)
    later.push(...imports.later)
    for (const each of imports.first) read(each)
  }
  read(entry)
  const first = [...texts.values()]
  // More are found while those are read.
  for (const path of later) read(path)
  return { first, later: [...texts.values()].slice(first.length) }
}
