import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import type { Dice } from './dice.ts'

/** Where a round does its damage, and the log of another database to mistake for this one's. */
export interface Scene {
  readonly folder: string
  readonly foreignLog: string
  readonly dice: Dice
}

type Damage = (scene: Scene) => void

const database = 'library.sqlite'
const log = 'library.sqlite-wal'
const index = 'library.sqlite-shm'

const change = (name: string, edit: (bytes: Buffer, dice: Dice) => void): Damage => {
  return ({ folder, dice }) => {
    const file = join(folder, name)
    if (!existsSync(file)) return
    const bytes = readFileSync(file)
    if (bytes.length > 0) edit(bytes, dice)
    writeFileSync(file, bytes)
  }
}

/** Single bytes, most often one. */
const flip = (bytes: Buffer, dice: Dice): void => {
  for (let left = dice.oneOf([1, 1, 1, 2, 8, 64]); left > 0; left -= 1) {
    const place = dice.below(bytes.length)
    bytes[place] = (bytes[place] ?? 0) ^ (1 + dice.below(255))
  }
}

const blockBytes = 4096

/** A block of random bytes or of zeros, as a bad disk leaves it. */
const spoil = (bytes: Buffer, dice: Dice): void => {
  const start = Math.floor(dice.below(bytes.length) / blockBytes) * blockBytes
  const isZero = dice.below(2) === 0
  for (let place = start; place < Math.min(bytes.length, start + blockBytes); place += 1) {
    bytes[place] = isZero ? 0 : dice.below(256)
  }
}

const cut = (name: string): Damage => {
  return ({ folder, dice }) => {
    const file = join(folder, name)
    if (existsSync(file)) truncateSync(file, dice.below(readFileSync(file).length + 1))
  }
}

const remove = (...names: readonly string[]): Damage => {
  return ({ folder }) => {
    for (const name of names) rmSync(join(folder, name), { force: true })
  }
}

const replaceLog: Damage = ({ folder, foreignLog }) => {
  copyFileSync(foreignLog, join(folder, log))
  rmSync(join(folder, index), { force: true })
}

const flipNewestBackup: Damage = ({ folder, dice }) => {
  const newest = readdirSync(join(folder, 'backups')).sort().at(-1)
  if (newest !== undefined) change(join('backups', newest), flip)({ folder, foreignLog: '', dice })
}

const all = (...damages: readonly Damage[]): Damage => {
  return (scene) => {
    for (const damage of damages) damage(scene)
  }
}

/** Random bytes: what `--flips` counts. */
export const flips: Readonly<Record<string, Damage>> = {
  'bytes in the database': change(database, flip),
  'bytes in the log': change(log, flip),
  'bytes in database and log': all(change(database, flip), change(log, flip)),
  'bytes in the index of the log': change(index, flip),
  'a block of the database': change(database, spoil),
  'a block of the log': change(log, spoil),
  'bytes in database and newest backup': all(change(database, flip), flipNewestBackup)
}

/** Everything else that happens to files. */
export const losses: Readonly<Record<string, Damage>> = {
  'database cut': cut(database),
  'log cut': cut(log),
  'log cut, its index missing': all(cut(log), remove(index)),
  'database missing': remove(database),
  'database and log missing': remove(database, log, index),
  'log missing': remove(log),
  'log and its index missing': remove(log, index),
  'index missing': remove(index),
  'log of another database': replaceLog,
  'database cut, newest backup damaged': all(cut(database), flipNewestBackup)
}
