import {
  mostSmallBytes,
  type SmallSide,
  smallAddress,
  smallSides
} from '../../shared/catalogue/small-pictures.ts'

type Shown = HTMLImageElement | HTMLVideoElement

/** Takes a finished copy, as WebP in base64. */
export type KeepSmall = (pictureId: string, side: SmallSide, webp: string) => Promise<void>

interface Waiting {
  readonly pictureId: string
  readonly shown: Shown
}

/** From here on a screen has pixels to show that the smaller copy does not have. */
const fineRatio = 1.25
/** What is not much larger than its copy would be is shown as it came. */
const worthwhile = 1.25
/** Each holds a decoded picture; of what else is scrolled past, a copy is made when it is seen again. */
const mostWaiting = 60
const quality = 0.85
const base64Mark = ';base64,'

/** Which copies this screen shows. */
export const wantedSide = (): SmallSide => smallSides[window.devicePixelRatio > fineRatio ? 1 : 0]

/** Where a card asks for a face: a small copy, if there is one. */
export const smallSource = (pictureId: string): string => smallAddress(pictureId, wantedSide())

const sizeOf = (shown: Shown): { readonly width: number; readonly height: number } =>
  shown instanceof HTMLVideoElement
    ? { width: shown.videoWidth, height: shown.videoHeight }
    : { width: shown.naturalWidth, height: shown.naturalHeight }

const asBase64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(base64Mark)[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })

/** Null for what is small already, or does not become a small file. */
const draw = async (shown: Shown, side: SmallSide): Promise<string | null> => {
  const { width, height } = sizeOf(shown)
  const scale = side / Math.min(width, height)
  if (!Number.isFinite(scale) || scale * worthwhile > 1) return null
  const bitmap = await createImageBitmap(shown, {
    resizeWidth: Math.round(width * scale),
    resizeHeight: Math.round(height * scale),
    resizeQuality: 'high'
  })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
  return blob.size <= mostSmallBytes ? asBase64(blob) : null
}

let keep: KeepSmall | null = null
let isDrawing = false
let offeredAtMs = 0
const waiting: Waiting[] = []

/** While faces come into sight one after the other somebody types or scrolls, and each copy drawn costs a frame of that. */
const quietMs = 400

const whenQuiet = (work: () => void): void => {
  const leftMs = offeredAtMs + quietMs - performance.now()
  if (leftMs <= 0) requestIdleCallback(work)
  else setTimeout(() => whenQuiet(work), leftMs)
}

const drawNext = (): void => {
  if (isDrawing || keep === null || waiting.length === 0) return
  isDrawing = true
  const handOver = keep
  whenQuiet(async () => {
    const next = waiting.pop()
    const side = wantedSide()
    try {
      const webp = next === undefined ? null : await draw(next.shown, side)
      if (next !== undefined && webp !== null) await handOver(next.pictureId, side, webp)
    } catch {
      // Whatever cannot be drawn smaller is shown as it came.
    }
    isDrawing = false
    drawNext()
  })
}

/** What a card shows; the newest first, for that is what the person looks at. */
export const offerForSmall = (pictureId: string, shown: Shown | null): void => {
  if (shown === null || waiting.some((other) => other.pictureId === pictureId)) return
  offeredAtMs = performance.now()
  waiting.push({ pictureId, shown })
  if (waiting.length > mostWaiting) waiting.shift()
  drawNext()
}

/** From now on small copies are drawn, one at a time, while nothing else is to be done. */
export const beginSmallPictures = (keepSmall: KeepSmall): void => {
  keep = keepSmall
  drawNext()
}
