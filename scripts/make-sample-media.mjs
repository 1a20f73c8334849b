/**
 * Draws the faces of the sample data: one poster (PNG) and one silent, seamless loop (MP4, H.264) each. Hums the sample of
 * all voices (WAV).
 *
 * Run `node scripts/make-sample-media.mjs` after changing the cast; the results are committed in
 * `resources/sample/`, so neither the app nor its tests need these libraries.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAvatar } from '@dicebear/core'
import * as openPeeps from '@dicebear/open-peeps'
import { Resvg } from '@resvg/resvg-js'
import h264 from 'h264-mp4-encoder'

const WIDTH = 480
const HEIGHT = 360
const FRAME_RATE = 15
const FRAME_COUNT = 30
/** Side of the square that a face is drawn in before it is cut by the frame. */
const FACE_SIDE = 452
const BUDGET_BYTES = 2 * 1024 * 1024

const backgrounds = {
  sky: '#b6e3f4',
  rose: '#ffd5dc',
  lilac: '#d1d4f9',
  mint: '#c0e8d5',
  peach: '#ffdfbf',
  mauve: '#e2d3f5'
}

const skins = { deep: '614335', brown: 'ae5d29', tan: 'd08b5b', warm: 'edb98a', light: 'ffdbb4' }
const hair = { copper: 'a55728', fair: 'd6b370', grey: 'b7bcc4', silver: 'e8e1e1' }

/**
 * The cast: file name, background, skin, and what Open Peeps should draw. The file names are the `face`
 * values in `src/sandbox/sample-data.ts`.
 */
const cast = [
  ['adaeze', 'sky', skins.deep, { head: 'bantuKnots', clothes: 'fdea6b' }],
  ['aoi', 'rose', skins.light, { head: 'bangs2', clothes: '8fa7df' }],
  ['camila', 'lilac', skins.tan, { head: 'mediumBangs', clothes: 'e279c7' }],
  ['elias', 'mint', skins.light, { head: 'short4', facialHair: 'moustache5', accent: hair.copper }],
  ['ananya', 'peach', skins.brown, { head: 'long', clothes: '78e185' }],
  ['piotr', 'mauve', skins.light, { head: 'shaved2', facialHair: 'chin', clothes: '9ddadb' }],
  ['leila', 'rose', skins.warm, { head: 'hijab', clothes: '4f9d9d' }],
  ['matteo', 'peach', skins.warm, { head: 'dreads2', accessories: 'glasses2', clothes: '8fa7df' }],
  ['solveig', 'lilac', skins.light, { head: 'bangs', accent: hair.fair, clothes: 'e78276' }],
  ['kwabena', 'mint', skins.deep, { head: 'flatTop', clothes: 'ffcf77' }],
  ['wenjing', 'mauve', skins.light, { head: 'mediumStraight', clothes: 'fdea6b' }],
  ['ruben', 'sky', skins.warm, { head: 'grayShort', facialHair: 'full', accent: hair.grey }],
  ['tamar', 'mint', skins.warm, { head: 'longCurly', clothes: 'e279c7' }],
  ['joao', 'peach', skins.brown, { head: 'twists2', accessories: 'glasses3', clothes: '9ddadb' }],
  ['aroha', 'rose', skins.tan, { head: 'bun2', clothes: '78e185' }],
  ['harjit', 'sky', skins.tan, { head: 'turban', facialHair: 'full3', clothes: 'e78276' }],
  ['stock-dana', 'lilac', skins.warm, { head: 'medium1', clothes: '8fa7df' }],
  ['stock-felix', 'mauve', skins.warm, { head: 'pomp', clothes: '78e185' }],
  ['stock-ines', 'sky', skins.tan, { head: 'longBangs', clothes: 'e78276' }],
  [
    'stock-marcus',
    'rose',
    skins.deep,
    { head: 'noHair1', facialHair: 'goatee1', clothes: 'fdea6b' }
  ],
  [
    'stock-greta',
    'mint',
    skins.light,
    { head: 'grayBun', accessories: 'glasses5', accent: hair.silver }
  ],
  ['stock-rio', 'peach', skins.brown, { head: 'cornrows', accent: hair.copper, clothes: '9ddadb' }],
  ['stock-sunny', 'mauve', skins.light, { head: 'hatBeanie', clothes: 'e279c7' }],
  ['stock-theo', 'lilac', skins.deep, { head: 'afro', accessories: 'glasses4', clothes: 'ffcf77' }]
]

const drawFace = (skin, look, expression) =>
  createAvatar(openPeeps, {
    seed: 'replica-desk',
    head: [look.head],
    face: [expression],
    skinColor: [skin],
    clothingColor: [look.clothes ?? '8fa7df'],
    headContrastColor: [look.accent ?? '2c1b18'],
    facialHair: look.facialHair === undefined ? [] : [look.facialHair],
    facialHairProbability: look.facialHair === undefined ? 0 : 100,
    accessories: look.accessories === undefined ? [] : [look.accessories],
    accessoriesProbability: look.accessories === undefined ? 0 : 100,
    maskProbability: 0
  })
    .toString()
    .replace(/<metadata.*?<\/metadata>/s, '')

const stage = (face, background, { zoom, rise }) => {
  const side = FACE_SIDE * zoom
  const placed = face.replace(
    '<svg ',
    `<svg x="${(WIDTH - side) / 2 - 16}" y="${HEIGHT - side + 76 * zoom - rise}" width="${side}" height="${side}" `
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${background}"/>${placed}</svg>`
}

const render = (svg) => new Resvg(svg, { font: { loadSystemFonts: false } }).render()

/** Two words, a blink, a smile: what a person does in two seconds before a camera. */
const expressionAt = (frame) => {
  if (frame >= 20 && frame <= 21) return 'calm'
  const isSpeaking = (frame >= 4 && frame <= 6) || (frame >= 9 && frame <= 11)
  return isSpeaking ? 'explaining' : 'smile'
}

/** Whole sine waves, so that the last frame leads into the first. */
const poseAt = (frame) => {
  const turn = (2 * Math.PI * frame) / FRAME_COUNT
  return { zoom: 1.02 - 0.02 * Math.cos(turn), rise: 3 * Math.sin(2 * turn) }
}

const encodeClip = async (faces, background) => {
  const encoder = await h264.createH264MP4Encoder()
  encoder.width = WIDTH
  encoder.height = HEIGHT
  encoder.frameRate = FRAME_RATE
  encoder.groupOfPictures = FRAME_COUNT
  encoder.quantizationParameter = 30
  encoder.initialize()
  for (let frame = 0; frame < FRAME_COUNT; frame += 1) {
    const svg = stage(faces[expressionAt(frame)], background, poseAt(frame))
    encoder.addFrameRgba(new Uint8Array(render(svg).pixels))
  }
  encoder.finalize()
  const clip = Buffer.from(encoder.FS.readFile(encoder.outputFilename))
  encoder.FS.unlink(encoder.outputFilename)
  encoder.delete()
  return clip
}

const makeMember = async (folder, [name, backgroundName, skin, look]) => {
  const background = backgrounds[backgroundName]
  const faces = Object.fromEntries(
    ['smile', 'explaining', 'calm'].map((expression) => [
      expression,
      drawFace(skin, look, expression)
    ])
  )
  const poster = render(stage(faces.smile, background, poseAt(0))).asPng()
  const clip = await encodeClip(faces, background)
  await writeFile(path.join(folder, `${name}.png`), poster)
  await writeFile(path.join(folder, `${name}.mp4`), clip)
  const hash = createHash('sha256').update(clip).digest('hex').slice(0, 12)
  console.log(`${name.padEnd(14)} png ${poster.length} B, mp4 ${clip.length} B (${hash})`)
  return poster.length + clip.length
}

const SAMPLES_PER_SECOND = 8000
const HUM_SECONDS = 1.5

/** A hum, from nothing to nothing, with the overtones of an "a": 16 bits, one channel. */
const makeHum = () => {
  const count = SAMPLES_PER_SECOND * HUM_SECONDS
  const wav = Buffer.alloc(44 + count * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + count * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(SAMPLES_PER_SECOND, 24)
  wav.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(count * 2, 40)
  for (let index = 0; index < count; index += 1) {
    const turn = (2 * Math.PI * 140 * index) / SAMPLES_PER_SECOND
    const swell = Math.sin((Math.PI * index) / count)
    const tone = Math.sin(turn) + 0.5 * Math.sin(5 * turn) + 0.3 * Math.sin(8 * turn)
    wav.writeInt16LE(Math.round(9000 * swell * tone), 44 + index * 2)
  }
  return wav
}

const folder = fileURLToPath(new URL('../resources/sample/', import.meta.url))
await mkdir(folder, { recursive: true })
for (const file of await readdir(folder)) {
  if (/\.(png|mp4|wav)$/.test(file)) await rm(path.join(folder, file))
}
const hum = makeHum()
await writeFile(path.join(folder, 'voice.wav'), hum)
let totalBytes = hum.length
for (const member of cast) totalBytes += await makeMember(folder, member)
console.log(`${cast.length} faces, ${totalBytes} B of ${BUDGET_BYTES} B`)
if (totalBytes > BUDGET_BYTES) process.exitCode = 1
