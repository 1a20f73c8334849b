import { type ChildProcess, fork } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../../../../src/main/files/disk-reason.ts'
import type { Store } from '../../../../src/main/ports/store.ts'
import { openStore } from '../../../../src/main/storage/sqlite-store.ts'
import { personIdSchema } from '../../../../src/shared/domain/person.ts'
import {
  account,
  accountId,
  asset,
  deletion,
  happening,
  listeningLog,
  otherAccountId,
  refOf,
  startAt,
  steppingClock
} from '../records.ts'
import { type Contents, differences, readContents } from './contents.ts'
import { createDice } from './dice.ts'
import type { Visit } from './soak-child.ts'
import { flips, losses } from './soak-damages.ts'

/** A handful belongs to every run; `npm run test:store -- --flips 500` makes it more. */
const flipRounds = Number(process.env['SOAK_FLIPS'] ?? 7)
const lossRounds = Math.max(1, Math.round(flipRounds / 25))
const seed = process.env['SOAK_SEED'] ?? '1'

/** Two databases to damage, each in a folder with two backups: one that was closed, one whose process was killed. */
interface Made {
  readonly folder: string
  readonly contents: Contents
  readonly backups: readonly Contents[]
}

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  folders.push(folder)
  return folder
}

let closed: Made
let killed: Made
let foreignLog = ''

const fill = (store: Store, from: number, count: number): void => {
  for (let start = from; start < from + count; start += 20) {
    store.transaction((write) => {
      for (let index = start; index < start + 20; index += 1) {
        const id = `r${String(index).padStart(6, '0')}`
        write.putAsset(asset(id, { name: `Anna Ólafsdóttir ${index}`, details: [] }))
        write.append(happening({ assetId: id, assetName: `Anna ${index}`, body: { at: index } }))
      }
    })
  }
}

const begin = (store: Store): void => {
  store.transaction((write) => {
    write.putAccount(account())
    write.putAccount(account({ id: otherAccountId, name: 'Second studio' }))
    const personId = personIdSchema.parse('per_aaaaaaaa')
    write.putPerson({
      id: personId,
      name: 'Anna',
      consent: null,
      nameRule: 'anna',
      createdAt: startAt
    })
    write.putDraft({ id: 'drf_aaaaaaaa', json: JSON.stringify({ accountId }) })
    for (let index = 0; index < 10; index += 1) {
      write.putOperation(deletion(`r${index}`, { batchId: 'bat_aaaaaaaa', stepId: `s${index}` }))
    }
    write.setPinned(refOf('r000001'), startAt)
  })
}

const make = async (kill: boolean): Promise<Made> => {
  const folder = newFolder()
  const clock = steppingClock()
  const store = openStore({ folder, clock, runId: 'made', log: listeningLog() })
  const backups: Contents[] = []
  begin(store)
  for (const day of ['02', '03']) {
    fill(store, 100 * Number(day), 100)
    clock.moveTo(`2026-03-${day}T${day}:00:00.000Z`)
    await store.maintain(new AbortController().signal)
    backups.push(readContents(store))
  }
  fill(store, 1000, 60)
  const contents = readContents(store)
  const copy = newFolder()
  if (kill) cpSync(folder, copy, { recursive: true })
  store.close()
  if (!kill) cpSync(folder, copy, { recursive: true })
  return { folder: copy, contents, backups }
}

beforeAll(async () => {
  closed = await make(false)
  killed = await make(true)
  foreignLog = join((await make(true)).folder, 'library.sqlite-wal')
}, 120_000)

let child: ChildProcess | null = null

const startChild = (): ChildProcess => {
  const file = new URL('./soak-child.ts', import.meta.url).pathname
  return fork(file, { execArgv: ['--import', 'tsx'], serialization: 'advanced' })
}

type Outcome = Visit | { readonly failure: string } | { readonly death: string }

/** Has one child look at a folder; a new one takes the place of one that died of it. */
const visitIn = (folder: string): Promise<Outcome> => {
  child ??= startChild()
  const asked = child
  return new Promise((resolve) => {
    const onExit = (code: number | null, signal: string | null): void => {
      child = null
      resolve({ death: `${code ?? signal}` })
    }
    asked.once('exit', onExit)
    asked.once('message', (outcome) => {
      asked.off('exit', onExit)
      resolve(outcome as Outcome)
    })
    asked.send(folder)
  })
}

afterAll(() => {
  child?.kill()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const filesIn = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    [
      'library.sqlite',
      'library.sqlite-wal',
      ...readdirSync(join(folder, 'backups')).map((name) => `backups/${name}`)
    ]
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, readFileSync(join(folder, name))])
  )

/** The log and its index go when the last connection is let go of, which may be while this looks. */
const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

/** What of the files that were there is nowhere in the folder now. */
const lostFiles = (before: ReadonlyMap<string, Buffer>, folder: string): readonly string[] => {
  const now = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => bytesOf(join(entry.parentPath, entry.name)))
  return [...before]
    .filter(([, bytes]) => bytes.length > 0 && !now.some((other) => other.equals(bytes)))
    .map(([name]) => name)
}

interface Judgement {
  readonly verdict: 'whole' | 'told' | 'altered' | 'wrong'
  readonly why: string
}

const wrong = (why: string): Judgement => ({ verdict: 'wrong', why })

/**
 * Damage was told: then nothing that was there is gone, and the backup brings back what it held. What is found only later,
 * by reading on, was written to in between.
 */
const judgeTold = (made: Made, seen: Visit, lost: readonly string[]): Judgement => {
  if (lost.some((name) => name.startsWith('backups'))) return wrong(`${lost.join(', ')} is gone`)
  if (seen.healthAtOpen.state !== 'ok' && lost.length > 0) {
    return wrong(`${lost.join(', ')} written over`)
  }
  if (seen.restored === null) return wrong(`no backup restored (${JSON.stringify(seen.health)})`)
  if (seen.healthAfter.state !== 'ok') return wrong('damaged again after the restore')
  const gaps = made.backups.map((backup) => differences(backup, seen.restored ?? {}))
  const lacking = gaps.map(({ missing, altered }) => [...missing, ...altered])
  const isHeld = lacking.some((names) => names.length === 0)
  return isHeld
    ? { verdict: 'told', why: '' }
    : wrong(`the backup lacks ${lacking[0]?.slice(0, 3)}`)
}

/** No damage was told: then all is there. Text that reads differently is told by the check of the chain, or not at all. */
const judgeWhole = (made: Made, seen: Visit): Judgement => {
  if (seen.health.state !== 'ok') return wrong(`health is ${seen.health.state}`)
  if (seen.healthAfter.state !== 'ok') return wrong(`health is then ${seen.healthAfter.state}`)
  const { missing, altered } = differences(made.contents, seen.contents ?? {})
  if (missing.length > 0) return wrong(`${missing.slice(0, 3).join(', ')} lost without a word`)
  if (altered.length === 0) return { verdict: 'whole', why: '' }
  const isOfChain = altered.every((name) => name.startsWith('record '))
  if (isOfChain && !seen.isChainIntact) return { verdict: 'told', why: '' }
  return { verdict: 'altered', why: altered.slice(0, 3).join(', ') }
}

const judge = (made: Made, outcome: Outcome, lost: readonly string[]): Judgement => {
  if ('death' in outcome) return wrong(`the process died (${outcome.death})`)
  if ('failure' in outcome) return wrong(outcome.failure)
  return outcome.contents === null ? judgeTold(made, outcome, lost) : judgeWhole(made, outcome)
}

const playRound = async (
  name: string,
  damage: (typeof flips)[string],
  round: string
): Promise<Judgement> => {
  const dice = createDice(round)
  const made = dice.below(2) === 0 ? closed : killed
  const folder = newFolder()
  cpSync(made.folder, folder, { recursive: true })
  damage({ folder, foreignLog, dice })
  const before = filesIn(folder)
  const outcome = await visitIn(folder)
  const judged = judge(made, outcome, lostFiles(before, folder))
  const how = made === closed ? 'closed' : 'killed'
  if (judged.why !== '') console.log(`${round}: ${name}, ${how}: ${judged.verdict}: ${judged.why}`)
  rmSync(folder, { recursive: true, force: true })
  return judged
}

const play = async (
  damages: typeof flips,
  rounds: number,
  what: string
): Promise<readonly Judgement['verdict'][]> => {
  const names = Object.keys(damages)
  const verdicts: Judgement['verdict'][] = []
  for (let round = 0; round < rounds; round += 1) {
    const name = names[round % names.length] ?? ''
    const damage = damages[name]
    if (damage === undefined) throw new Error('No such damage')
    verdicts.push((await playRound(name, damage, `${seed}/${what}/${round}`)).verdict)
  }
  return verdicts
}

const count = (verdicts: readonly string[], wanted: string): number =>
  verdicts.filter((verdict) => verdict === wanted).length

it('damaged files end no process, and nothing is lost without a word', {
  timeout: 3_600_000
}, async () => {
  console.log(`seed ${seed}: ${flipRounds} rounds of random bytes, ${lossRounds} of each loss`)
  const lossKinds = Object.keys(losses).length
  const verdicts = [
    ...(await play(flips, flipRounds, 'flip')),
    ...(await play(losses, lossRounds * lossKinds, 'loss'))
  ]
  console.log(
    `${verdicts.length} rounds: ${count(verdicts, 'told')} told, ${count(verdicts, 'whole')} whole, ` +
      `${count(verdicts, 'altered')} with a value altered, ${count(verdicts, 'wrong')} wrong`
  )
  expect(count(verdicts, 'wrong')).toBe(0)
})
