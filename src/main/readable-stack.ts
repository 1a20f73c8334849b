import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'

const placePattern = /file:\/\/[^\s()]+?\.js:\d+:\d+/g
const placeParts = /^(.+):(\d+):(\d+)$/

/** Kept once read: what goes wrong again and again must not cost the time again. */
const maps = new Map<string, SourceMap | null>()

const readMap = (address: string): SourceMap | null => {
  const file = `${fileURLToPath(address)}.map`
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null
}

const mapOf = (address: string): SourceMap | null => {
  const known = maps.get(address)
  if (known !== undefined) return known
  const map = readMap(address)
  maps.set(address, map)
  return map
}

/** A place of the built file, as `src/…/file.ts:line:column`; as it was where no map knows it. */
const sourcePlace = (place: string): string => {
  const [, address = '', line, column] = placeParts.exec(place) ?? []
  const entry = mapOf(address)?.findEntry(Number(line) - 1, Number(column) - 1)
  if (entry === undefined || !('originalSource' in entry)) return place
  const { originalSource, originalLine, originalColumn } = entry
  return `${originalSource.replace(/^(?:\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`
}

/** A stack with the places of the sources in place of those of the built files, where the build's maps lie beside it. */
export const readableStack = (stack: string): string => stack.replace(placePattern, sourcePlace)
