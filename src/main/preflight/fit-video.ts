import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Clock } from '../ports/clock.ts'
import type { FitOutcome, VideoFitter } from '../ports/video-fitter.ts'
import { mendArguments, type ToMend } from './ffmpeg-line.ts'
import { judgeVideo } from './judge-video.ts'
import { withFile } from './local-file.ts'
import { readAsFarAsPossible, readVideo } from './read-video.ts'

const programName = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'
/** Where Homebrew and MacPorts put programs; what is opened from the Finder is not told of them. */
const macFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin']

/** The folders of a `PATH`, and of the installers that a system's own leaves out. One that is relative is nobody's. */
export const programFolders = (path: string, platform: NodeJS.Platform): readonly string[] => [
  ...path.split(delimiter).filter((name) => isAbsolute(name)),
  ...(platform === 'darwin' ? macFolders : [])
]

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The person's own ffmpeg; null: there is none. */
const findProgram = (folders: readonly string[]): string | null =>
  folders.map((folder) => join(folder, programName)).find(isProgram) ?? null

interface Run {
  readonly program: string
  readonly from: string
  readonly to: string
  readonly toMend: ToMend
  readonly onShare: (share: number) => void
  readonly signal: AbortSignal
}

/** True if it ended well. What it says is not kept: it names folders. */
const runProgram = ({ program, from, to, toMend, onShare, signal }: Run): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const quiet = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-progress', 'pipe:1']
    const ends = ['-f', 'mp4', '-n', to]
    const child = spawn(program, [...quiet, '-i', from, ...mendArguments(toMend), ...ends], {
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
      // What it made is thrown away then, so it need not be finished, which can take long.
      killSignal: 'SIGKILL',
      signal
    })
    const seconds = toMend.facts.durationSeconds
    createInterface({ input: child.stdout }).on('line', (line) => {
      const done = /^out_time_us=(\d+)$/.exec(line)?.[1]
      if (done !== undefined && seconds !== null && seconds > 0) {
        onShare(Math.min(1, Number(done) / 1e6 / seconds))
      }
    })
    child.on('error', (error) => {
      // One that runs has to end first: it could make its file after that was removed.
      if (child.pid === undefined) reject(error)
    })
    child.on('close', (code) => resolve(code === 0))
  })

export interface FitterOptions {
  readonly clock: Clock
  /** Where programs are looked for, in this order. */
  readonly folders: () => readonly string[]
}

/** Runs the person's own ffmpeg; the app brings none along. */
export const createVideoFitter = ({ clock, folders }: FitterOptions): VideoFitter => {
  const plan = async (video: Parameters<VideoFitter['fit']>[0]): Promise<ToMend | null> => {
    if (video.source.kind !== 'file') return null
    const { path } = video.source
    const { facts, fault } = await readAsFarAsPossible((note) =>
      withFile(path, { bytes: 0, requests: 0 }, (file) => readVideo(file, note))
    )
    return judgeVideo(facts, video, { nowAt: clock.nowAt(), skewMs: null, fault }).toMend
  }

  return {
    isThere: () => findProgram(folders()) !== null,
    fit: async (video, to, onShare, signal): Promise<FitOutcome> => {
      const program = findProgram(folders())
      const toMend = await plan(video)
      if (program === null || toMend === null || video.source.kind !== 'file') return 'none'
      // A name that is nobody's: what lies beside the video is the person's.
      const unfinished = `${to}.${randomBytes(6).toString('hex')}.part`
      const { path: from } = video.source
      try {
        const isDone = await runProgram({ program, from, to: unfinished, toMend, onShare, signal })
        signal.throwIfAborted()
        if (!isDone) return 'failed'
        await rename(unfinished, to)
        return 'done'
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof Error) return 'failed'
        throw error
      } finally {
        await rm(unfinished, { force: true })
      }
    }
  }
}
