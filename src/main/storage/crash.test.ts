import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'

/** Runs the writer in a process of its own; `before` may put a limit in front of it. */
const startWriter = (folder: string, before: readonly string[] = []): ChildProcess => {
  const writer = new URL('../../../test/main/storage/crash-writer.ts', import.meta.url).pathname
  const [command, ...rest] = [...before, process.execPath, '--import', 'tsx', writer, folder]
  const child = spawn(command ?? '', rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

const linesOf = (child: ChildProcess): AsyncIterableIterator<string> => {
  if (child.stdout === null) throw new Error('The writer has no output')
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]()
}

describe('a process that is killed', () => {
  // Twenty starts of a process: the time they take is the machine's.
  it('loses no record that it was told is stored', { timeout: 600_000 }, async () => {
    const folder = temporaryFolder()
    let acknowledged = 0
    for (let round = 0; round < 20; round += 1) {
      const child = startWriter(folder)
      // Not the same moment of a write in any two rounds.
      const killAfter = acknowledged + 3 + ((round * 7) % 40)
      for await (const line of linesOf(child)) {
        acknowledged = Number(line)
        if (acknowledged >= killAfter) child.kill('SIGKILL')
      }
      const store = openIn(folder)
      expect(store.health()).toEqual({ state: 'ok' })
      expect(store.read.historyHead()?.seq).toBeGreaterThanOrEqual(acknowledged)
      expect(store.read.operations(['sent'])).toHaveLength(store.read.historyHead()?.seq ?? -1)
      expect(await store.checkHistory(null)).toMatchObject({ isIntact: true })
      acknowledged = store.read.historyHead()?.seq ?? 0
      store.close()
    }
    expect(acknowledged).toBeGreaterThan(60)
  })
})

describe.skipIf(process.platform === 'win32')('a file that may grow no further', () => {
  it('turns writing off, keeps what is stored, and goes on when there is room', async () => {
    const folder = temporaryFolder()
    const child = startWriter(folder, ['sh', '-c', 'ulimit -S -f 2048; exec "$@"', 'sh'])
    let stored = 0
    let failures = 0
    let storedAfter = 0
    for await (const line of linesOf(child)) {
      if (line.startsWith('failed')) {
        failures += 1
        expect(line).toMatch(/^failed storage-failed (disk-full|other) (disk-full|read-only)$/)
        // Only Linux can lift a limit from outside; elsewhere the next process stands for it.
        if (failures === 3 && process.platform === 'linux') liftLimit(child)
        else if (failures === 3) child.kill('SIGKILL')
        child.stdin?.write('\n')
      } else if (failures === 0) {
        stored = Number(line)
      } else {
        storedAfter = Number(line)
        child.kill('SIGKILL')
      }
    }
    expect(stored).toBeGreaterThan(10)
    expect(failures).toBe(3)
    if (process.platform === 'linux') expect(storedAfter).toBeGreaterThan(stored)

    const store = openIn(folder)
    expect(store.health()).toEqual({ state: 'ok' })
    expect(store.read.historyHead()?.seq).toBeGreaterThanOrEqual(Math.max(stored, storedAfter))
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true })
    expect(store.transaction((write) => write.putMeta('a', 'b'))).toMatchObject({ ok: true })
  })
})

const liftLimit = (child: ChildProcess): void => {
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited'])
}
