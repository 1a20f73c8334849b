import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  copyFile,
  mkdir,
  open,
  readFile,
  rename,
  stat,
  truncate,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { VideoFindingCode } from '../../../src/shared/catalogue/training-rules.ts'
import type { Container } from '../../../src/shared/domain/video-check.ts'

const run = promisify(execFile)

/** Runs ffmpeg, which the tests take from the system. */
const ffmpeg = async (folder: string, ...args: string[]): Promise<void> => {
  await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024
  })
}

/** What a clip of a few frames shows; videos repeat it without encoding anything again. */
interface Look {
  readonly size?: string
  readonly rate?: string
  readonly codec?: readonly string[]
  readonly pixels?: string
}

const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '40']
const clipFrames = 10

const hashed = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)

/** Makes a file once; another process may be making it too. */
const once = async (
  folder: string,
  name: string,
  make: (target: string) => Promise<void>
): Promise<string> => {
  if (existsSync(join(folder, name))) return name
  const own = `${process.pid}-${name}`
  await make(own)
  await rename(join(folder, own), join(folder, name))
  return name
}

const clip = (folder: string, look: Look): Promise<string> => {
  const { size = '1920x1080', rate = '25', codec = x264, pixels = 'yuv420p' } = look
  return once(folder, `clip-${hashed(look)}.mp4`, (target) =>
    ffmpeg(
      folder,
      ...['-f', 'lavfi', '-i', `smptehdbars=size=${size}:rate=${rate}`],
      ...['-frames:v', String(clipFrames), ...codec, '-pix_fmt', pixels, target]
    )
  )
}

const sound = (folder: string, codec: string, ending: string): Promise<string> =>
  once(folder, `sound-${codec}.${ending}`, (target) =>
    ffmpeg(
      folder,
      ...['-f', 'lavfi', '-i', 'sine=frequency=220:duration=130', '-c:a', codec, '-b:a', '64k'],
      target
    )
  )

interface Recipe extends Look {
  readonly seconds?: number
  readonly audio?: 'aac' | 'libopus' | 'pcm_s16le' | null
  /** What the muxer is given, before the name of the file. */
  readonly out?: readonly string[]
}

const framesPerSecond = ({ rate = '25' }: Look): number => {
  const [count = '25', seconds = '1'] = rate.split('/')
  return Number(count) / Number(seconds)
}

/** Puts a clip on repeat beside a sound. */
const video = async (folder: string, target: string, recipe: Recipe): Promise<void> => {
  const { seconds = 62, audio = 'aac', out = [], ...look } = recipe
  const picture = await clip(folder, look)
  const endings = { aac: 'm4a', libopus: 'ogg', pcm_s16le: 'wav' } as const
  const track = audio === null ? null : await sound(folder, audio, endings[audio])
  await ffmpeg(
    folder,
    ...[
      '-stream_loop',
      String(Math.ceil((seconds * framesPerSecond(look)) / clipFrames)),
      '-i',
      picture
    ],
    ...(track === null ? [] : ['-i', track]),
    ...['-map', '0:v', ...(track === null ? [] : ['-map', '1:a']), '-c', 'copy'],
    ...['-t', String(seconds), ...out, target]
  )
}

/** Rewrites a finished file. */
const changed = async (
  folder: string,
  from: string,
  target: string,
  change: (path: string, bytes: number) => Promise<void>
): Promise<void> => {
  const path = join(folder, target)
  await copyFile(join(folder, from), path)
  const { size } = await stat(path)
  await change(path, size)
}

const box = (type: string, content: Uint8Array): Buffer => {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(content.length + 8)
  header.write(type, 4, 'latin1')
  return Buffer.concat([header, content])
}

/** A box of 64-bit size whose content is a hole, so that it takes no place on the disk. */
const addHole = async (path: string, size: number, bytes: number): Promise<void> => {
  const header = Buffer.alloc(16)
  header.writeUInt32BE(1)
  header.write('free', 4, 'latin1')
  header.writeBigUInt64BE(BigInt(bytes), 8)
  const file = await open(path, 'r+')
  await file.write(header, 0, 16, size)
  await file.close()
  await truncate(path, size + bytes)
}

export interface CorpusVideo {
  readonly name: string
  readonly container: Container
  /** Findings that are worse than advice. */
  readonly bad: readonly VideoFindingCode[]
  readonly advice?: readonly VideoFindingCode[]
  readonly model?: string
  /** What the command that mends it has to do; none: nothing is offered. */
  readonly mend?: 'remux' | 'reencode'
  /** What ffprobe says otherwise, and why it is wrong or cannot tell. */
  readonly ffprobe?: 'cannot-open' | 'misses-damage' | 'not-asked'
  readonly make: (folder: string, target: string) => Promise<void>
}

const made =
  (recipe: Recipe): CorpusVideo['make'] =>
  (folder, target) =>
    video(folder, target, recipe)

const front = ['-movflags', '+faststart']
const fragments = (more: string) => ['-movflags', `frag_keyframe+${more}`]
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M']
const small = '320x180'

const made60 = (name: string) => `${name}.mp4`
const base = (folder: string): Promise<string> =>
  once(folder, 'base-front.mp4', (target) => video(folder, target, { out: front }))
const baseLast = (folder: string): Promise<string> =>
  once(folder, 'base-last.mp4', (target) => video(folder, target, {}))

/** Frames that refer to later ones, and ten seconds between those that stand alone. */
const longGroups = (folder: string): Promise<string> =>
  once(folder, 'base-groups.mp4', (target) =>
    ffmpeg(
      folder,
      ...['-f', 'lavfi', '-i', `smptehdbars=size=${small}:rate=25:duration=75`],
      ...['-f', 'lavfi', '-i', 'sine=duration=75', '-c:a', 'aac'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p', target]
    )
  )

const text =
  (content: string): CorpusVideo['make'] =>
  (folder, target) =>
    writeFile(join(folder, target), content)

/** Every kind of video and of damage that the doctor has to tell apart. */
export const corpus: readonly CorpusVideo[] = [
  {
    name: made60('good'),
    container: 'mp4',
    bad: [],
    advice: ['length-tight'],
    make: made({ out: front })
  },
  {
    name: made60('good-moov-last'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({})
  },
  {
    name: made60('two-minutes'),
    container: 'mp4',
    bad: [],
    make: made({ seconds: 120, out: front })
  },
  {
    name: made60('b-frames'),
    container: 'mp4',
    bad: ['resolution-poor'],
    advice: ['length-tight'],
    make: async (folder, target) =>
      ffmpeg(folder, '-i', await longGroups(folder), '-t', '62', '-c', 'copy', target)
  },
  {
    name: 'recorder.mov',
    container: 'mov',
    bad: ['format-mov'],
    advice: ['length-tight'],
    mend: 'remux',
    make: made({})
  },
  {
    name: 'sound-in-pcm.mov',
    container: 'mov',
    bad: ['format-mov', 'audio-other'],
    advice: ['length-tight'],
    mend: 'remux',
    make: made({ audio: 'pcm_s16le' })
  },
  {
    name: 'recorder.mkv',
    container: 'mkv',
    bad: ['format-mkv'],
    advice: ['length-tight'],
    mend: 'remux',
    make: made({})
  },
  {
    name: 'browser.webm',
    container: 'webm',
    bad: ['format-webm', 'codec-webm'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: made({ codec: vp9, audio: 'libopus' })
  },
  {
    name: 'live.webm',
    container: 'webm',
    bad: ['format-webm', 'codec-webm', 'open-ended', 'length-unknown'],
    mend: 'reencode',
    make: made({ codec: vp9, audio: 'libopus', out: ['-live', '1'] })
  },
  {
    name: 'camera.avi',
    container: 'avi',
    bad: ['format-avi'],
    mend: 'reencode',
    make: made({ size: small, codec: ['-c:v', 'mpeg4'] })
  },
  {
    name: 'stream.ts',
    container: 'ts',
    bad: ['format-ts'],
    mend: 'remux',
    make: made({ size: small })
  },
  {
    name: made60('fragmented'),
    container: 'mp4',
    bad: [],
    advice: ['fragmented', 'length-tight'],
    mend: 'remux',
    make: made({ out: fragments('empty_moov+default_base_moof') })
  },
  {
    name: made60('fragmented-sidx'),
    container: 'mp4',
    bad: [],
    advice: ['fragmented', 'length-tight'],
    mend: 'remux',
    make: made({ out: fragments('empty_moov+default_base_moof+global_sidx') })
  },
  {
    name: made60('fragmented-mixed'),
    container: 'mp4',
    bad: [],
    advice: ['fragmented', 'length-tight'],
    mend: 'remux',
    make: made({ out: fragments('global_sidx') })
  },
  {
    name: made60('fragment-per-frame'),
    container: 'mp4',
    bad: [],
    advice: ['fragmented', 'length-tight'],
    mend: 'remux',
    make: made({ out: ['-movflags', 'frag_every_frame+empty_moov+default_base_moof'] })
  },
  {
    name: made60('edit-list'),
    container: 'mp4',
    bad: ['resolution-poor'],
    advice: ['edit-list', 'length-tight'],
    make: async (folder, target) => {
      await ffmpeg(folder, '-ss', '3.2', '-i', await longGroups(folder), '-c', 'copy', target)
    }
  },
  {
    name: made60('portrait'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({ size: '1080x1920' })
  },
  {
    name: made60('turned'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: async (folder, target) =>
      ffmpeg(
        folder,
        '-display_rotation',
        '90',
        '-i',
        await base(folder),
        '-c',
        'copy',
        target
      ).catch(async () =>
        ffmpeg(folder, '-i', await base(folder), '-c', 'copy', '-metadata:s:v', 'rotate=90', target)
      )
  },
  {
    name: made60('720p'),
    container: 'mp4',
    bad: ['resolution-low'],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({ size: '1280x720' })
  },
  {
    name: made60('180p'),
    container: 'mp4',
    bad: ['resolution-poor'],
    advice: ['length-tight'],
    make: made({ size: small })
  },
  {
    name: made60('15-fps'),
    container: 'mp4',
    bad: ['rate-low'],
    advice: ['length-tight'],
    make: made({ rate: '15' })
  },
  {
    name: made60('film-rate'),
    container: 'mp4',
    bad: ['rate-low'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: made({ rate: '24000/1001' })
  },
  {
    name: made60('29.97-fps'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({ rate: '30000/1001' })
  },
  {
    name: made60('60-fps'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({ rate: '60' })
  },
  {
    name: made60('uneven'),
    container: 'mp4',
    bad: ['rate-uneven', 'resolution-poor'],
    advice: ['length-tight'],
    make: (folder, target) =>
      ffmpeg(
        folder,
        ...['-f', 'lavfi', '-i', `testsrc2=size=${small}:rate=30:duration=62`],
        ...['-f', 'lavfi', '-i', 'sine=duration=62'],
        ...['-vf', "select='gt(mod(t,6),3)+not(mod(n,2))'", '-vsync', 'vfr'],
        ...[...x264, '-pix_fmt', 'yuv420p', '-c:a', 'aac', target]
      )
  },
  {
    name: made60('silent'),
    container: 'mp4',
    bad: ['audio-missing'],
    advice: ['length-tight'],
    make: made({ audio: null })
  },
  {
    name: made60('hevc'),
    container: 'mp4',
    bad: ['codec-other'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: made({
      codec: [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-x265-params',
        'log-level=error:bframes=0'
      ],
      out: ['-tag:v', 'hvc1']
    })
  },
  {
    name: made60('mpeg4'),
    container: 'mp4',
    bad: ['codec-other'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: made({ codec: ['-c:v', 'mpeg4', '-q:v', '10'] })
  },
  {
    name: made60('ten-bit'),
    container: 'mp4',
    bad: ['deep-color'],
    advice: ['index-last', 'length-tight'],
    mend: 'reencode',
    make: made({ pixels: 'yuv420p10le' })
  },
  {
    name: made60('4-2-2'),
    container: 'mp4',
    bad: ['deep-color'],
    advice: ['index-last', 'length-tight'],
    mend: 'reencode',
    make: made({ pixels: 'yuv422p' })
  },
  {
    name: made60('hdr'),
    container: 'mp4',
    bad: ['deep-color', 'hdr'],
    advice: ['index-last', 'length-tight'],
    mend: 'reencode',
    make: made({
      codec: [
        ...x264,
        ...['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc']
      ],
      pixels: 'yuv420p10le'
    })
  },
  {
    name: made60('20-seconds'),
    container: 'mp4',
    bad: ['length-short'],
    make: made({ seconds: 20 })
  },
  {
    name: made60('60-seconds'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: made({ seconds: 60 })
  },
  {
    name: made60('phoenix-3-in-one-minute'),
    container: 'mp4',
    model: 'phoenix-3',
    bad: ['length-phoenix-3'],
    make: made({ out: front })
  },
  {
    name: made60('15-minutes-at-60-fps'),
    container: 'mp4',
    bad: ['resolution-poor', 'audio-missing'],
    make: made({ size: small, rate: '60', seconds: 900, audio: null })
  },
  {
    name: made60('two-videos'),
    container: 'mp4',
    bad: ['several-videos'],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: async (folder, target) =>
      ffmpeg(
        folder,
        '-i',
        await base(folder),
        '-map',
        '0:v',
        '-map',
        '0:v',
        '-map',
        '0:a',
        '-c',
        'copy',
        target
      )
  },
  {
    name: made60('long-sizes'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: async (folder, target) =>
      changed(folder, await baseLast(folder), target, async (path) => {
        // ffmpeg leaves a small box before the pictures, so that their size has room to be written in 64 bits.
        const file = await open(path, 'r+')
        const head = Buffer.alloc(128)
        await file.read(head, 0, 128, 0)
        const at = head.indexOf('mdat', 0, 'latin1') - 4
        const size = head.readUInt32BE(at)
        const header = Buffer.alloc(16)
        header.writeUInt32BE(1)
        header.write('mdat', 4, 'latin1')
        header.writeBigUInt64BE(BigInt(size + 8), 8)
        await file.write(header, 0, 16, at - 8)
        await file.close()
      })
  },
  {
    name: made60('large-index'),
    container: 'mp4',
    bad: [],
    advice: ['index-last', 'length-tight'],
    mend: 'remux',
    make: async (folder, target) =>
      changed(folder, await baseLast(folder), target, async (path) => {
        const bytes = await readFile(path)
        const at = bytes.lastIndexOf('moov', undefined, 'latin1') - 4
        const free = box('free', Buffer.alloc(9 * 1024 * 1024))
        const moov = Buffer.concat([bytes.subarray(at + 8), free])
        await writeFile(path, Buffer.concat([bytes.subarray(0, at), box('moov', moov)]))
      })
  },
  {
    name: made60('over-750-mb'),
    container: 'mp4',
    bad: ['size-over'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: async (folder, target) =>
      changed(folder, await base(folder), target, (path, size) => addHole(path, size, 790_000_000))
  },
  {
    name: made60('about-750-mb'),
    container: 'mp4',
    bad: ['size-limit'],
    advice: ['length-tight'],
    mend: 'reencode',
    make: async (folder, target) =>
      changed(folder, await base(folder), target, (path, size) =>
        addHole(path, size, 760_000_000 - size)
      )
  },
  {
    name: made60('cut-moov-last'),
    container: 'mp4',
    bad: ['truncated'],
    ffprobe: 'cannot-open',
    make: async (folder, target) =>
      changed(folder, await baseLast(folder), target, (path, size) =>
        truncate(path, Math.floor(size * 0.6))
      )
  },
  {
    name: made60('cut-moov-first'),
    container: 'mp4',
    bad: ['truncated'],
    advice: ['length-tight'],
    ffprobe: 'misses-damage',
    make: async (folder, target) =>
      changed(folder, await base(folder), target, (path, size) =>
        truncate(path, Math.floor(size * 0.6))
      )
  },
  {
    name: 'cut.webm',
    container: 'webm',
    bad: ['format-webm', 'codec-webm', 'truncated'],
    advice: ['length-tight'],
    ffprobe: 'misses-damage',
    make: async (folder, target) => {
      const from = await once(folder, 'base.webm', (own) =>
        video(folder, own, { codec: vp9, audio: 'libopus' })
      )
      await changed(folder, from, target, (path, size) => truncate(path, Math.floor(size * 0.6)))
    }
  },
  {
    name: made60('cut-segments'),
    container: 'mp4',
    bad: ['truncated'],
    advice: ['fragmented', 'length-tight'],
    ffprobe: 'misses-damage',
    make: async (folder, target) => {
      const out = fragments('empty_moov+default_base_moof+global_sidx')
      const from = await once(folder, 'base-segments.mp4', (own) => video(folder, own, { out }))
      await changed(folder, from, target, (path, size) => truncate(path, Math.floor(size * 0.6)))
    }
  },
  {
    name: made60('header-alone'),
    container: 'mp4',
    bad: ['no-index'],
    ffprobe: 'cannot-open',
    make: async (folder, target) =>
      changed(folder, await base(folder), target, (path) => truncate(path, 32))
  },
  {
    name: made60('a-text'),
    container: 'text',
    bad: ['format-text'],
    ffprobe: 'cannot-open',
    make: text('This is not a video.\n')
  },
  {
    name: made60('a-page'),
    container: 'page',
    bad: ['format-page'],
    ffprobe: 'cannot-open',
    make: text('<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n')
  },
  {
    name: made60('empty'),
    container: 'empty',
    bad: ['format-empty'],
    ffprobe: 'cannot-open',
    make: text('')
  },
  {
    name: made60('a-sound'),
    container: 'mp4',
    bad: ['no-video'],
    make: async (folder, target) =>
      ffmpeg(folder, '-i', await sound(folder, 'aac', 'm4a'), '-c', 'copy', '-f', 'mp4', target)
  }
]

/** Where the videos lie between runs; another recipe is another folder. */
export const corpusFolder = join(tmpdir(), 'replica-desk-videos-4')

/** The path of a video, which is made if it is not there. */
export const corpusFile = async ({ name, make }: CorpusVideo): Promise<string> => {
  await mkdir(corpusFolder, { recursive: true })
  await once(corpusFolder, name, (target) => make(corpusFolder, target))
  return join(corpusFolder, name)
}

/** One of the corpus by its name. */
export const corpusVideo = (name: string): CorpusVideo => {
  const found = corpus.find((entry) => entry.name === name)
  if (found === undefined) throw new Error(`No video ${name}`)
  return found
}
