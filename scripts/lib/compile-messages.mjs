import { readFileSync } from 'node:fs'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { sourcesOf, usedIds } from './message-uses.mjs'

/** Text alone stays text; anything else becomes the elements that the formatter reads. */
export const compileMessage = (text) => {
  const elements = parse(text, { ignoreTag: true, captureLocation: false })
  if (elements.length === 0) return ''
  const isPlain = elements.every(({ type }) => type === TYPE.literal)
  return isPlain ? elements.map(({ value }) => value).join('') : elements
}

/** What each kind of element has to be given; a literal and the "#" of a plural are given nothing. */
const valueTypes = {
  [TYPE.argument]: 'string',
  [TYPE.number]: 'number',
  [TYPE.date]: 'Date',
  [TYPE.time]: 'Date',
  [TYPE.select]: 'string',
  [TYPE.plural]: 'number'
}

/** Names and types of what a message has to be given, by name. */
export const valuesOf = (elements) => {
  const values = new Map()
  const collect = (element) => {
    const type = valueTypes[element.type]
    if (type !== undefined) values.set(element.value, type)
    for (const option of Object.values(element.options ?? {})) option.value.forEach(collect)
  }
  if (typeof elements !== 'string') elements.forEach(collect)
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Longer lines are broken, as the formatter does. */
const widest = 100

const valuesLine = (id, values) => {
  const fields = [...values].map(([name, type]) => `readonly ${name}: ${type}`)
  const line = `  '${id}': ${fields.length === 0 ? 'null' : `{ ${fields.join('; ')} }`}`
  if (line.length <= widest) return line
  return [`  '${id}': {`, ...fields.map((field) => `    ${field}`), '  }'].join('\n')
}

/** The source of src/shared/messages/message-values.ts for these messages. */
export const messageValuesSource = (messages) => {
  const lines = Object.entries(messages).map(([id, text]) =>
    valuesLine(id, valuesOf(compileMessage(text)))
  )
  return [
    '/** What each message has to be given. Written by `npm run messages` from en-US.json. */',
    'export interface MessageValues {',
    ...lines,
    '}',
    '',
    'export type MessageId = keyof MessageValues',
    ''
  ].join('\n')
}

/**
 * Which of the ids are in each part of a catalog: `first` is what the entry's script may say, `later` what is loaded after
 * it says besides. What neither says, but main, is in none.
 */
export const splitIds = (ids, entry) => {
  const sources = sourcesOf(entry)
  const first = usedIds(ids, sources.first)
  const isFirst = new Set(first)
  return { first, later: usedIds(ids, sources.later).filter((id) => !isFirst.has(id)) }
}

/** What a catalog holds that is imported as one of its parts; unsplit, the first part is all of it. */
const partOf = (ids, part, entry) => {
  if (part === undefined) return ids
  if (entry === null) return part === 'first' ? ids : []
  return splitIds(ids, entry)[part]
}

/**
 * Compiles the catalogs of messages where they are imported, so that no parser is in the app. With an `entry` (the path of
 * a script) each is split: `?first` imports what that script may say, `?later` what is loaded after it says besides.
 */
export const messagesPlugin = (entry = null) => ({
  name: 'messages',
  enforce: 'pre',
  load(id) {
    const [file, query] = id.split('?')
    if (!/[\\/]shared[\\/]messages[\\/][\w-]+\.json$/.test(file)) return null
    const messages = JSON.parse(readFileSync(file, 'utf8'))
    const asked = new URLSearchParams(query)
    const part = ['first', 'later'].find((name) => asked.has(name))
    const ids = partOf(Object.keys(messages), part, entry)
    const json = JSON.stringify(
      Object.fromEntries(ids.map((key) => [key, compileMessage(messages[key])]))
    )
    if (part === undefined) return json
    // A text that is parsed is ready sooner than an object of the same size that is compiled.
    const code = `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(json)})`
    return { code, moduleType: 'js' }
  }
})
