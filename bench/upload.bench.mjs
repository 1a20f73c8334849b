import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { median, toResult } from '../scripts/lib/measure.mjs'
import { startSwift, swiftKey } from '../scripts/lib/swift.mjs'

const usual = { runs: 3, sizeBytes: 300_000_000 }
const partBytes = 8 * 1024 * 1024
const bucket = 'bench'
const sampleEveryMs = 50

export const name = 'upload'

/** A file from the app into OpenStack Swift, beside the AWS SDK's own uploader and rclone, by turns. */
export async function run(context, { runs, sizeBytes } = usual) {
  const folder = mkdtempSync(join(context.tempDir, 'upload-'))
  const file = join(folder, 'video.mp4')
  await writeNoise(file, sizeBytes)
  const swift = await startSwift(join(folder, 'swift'))
  const client = clientOf(swift.origin)
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    const app = await context.launch(context.projectRoot, mkdtempSync(join(folder, 'data-')))
    try {
      const page = await app.firstWindow()
      const bucketId = await page.evaluate(saveBucket, {
        origin: swift.origin,
        bucket,
        ...swiftKey
      })
      const figures = { app: [], memory: [], library: [], rclone: [] }
      for (let turn = 0; turn <= runs; turn += 1) {
        const { ms, addedMb } = await uploadFromApp(app, page, file, bucketId)
        const libraryMs = await timed(() => uploadByLibrary(client, file, turn))
        const rcloneMs = await timed(() => uploadByRclone(swift.origin, file, turn))
        // One unmeasured turn goes ahead.
        if (turn === 0) continue
        figures.app.push(ms)
        figures.memory.push(addedMb)
        figures.library.push(libraryMs)
        figures.rclone.push(rcloneMs)
      }
      const own = median(figures.app)
      return [
        toResult(`${name}: beside lib-storage`, 'ms', {
          value: own,
          floor: median(figures.library)
        }),
        toResult(`${name}: beside rclone`, 'ms', { value: own, floor: median(figures.rclone) }),
        toResult(`${name}: memory of main, of 150 at most`, 'MB', {
          value: Math.max(...figures.memory),
          floor: 150
        })
      ]
    } finally {
      await app.close()
    }
  } finally {
    client.destroy()
    swift.stop()
  }
}

/** Content that nothing on the way can shorten. */
async function writeNoise(file, sizeBytes) {
  const { randomBytes } = await import('node:crypto')
  const block = randomBytes(1_000_000)
  const blocks = function* () {
    for (let left = sizeBytes; left > 0; left -= block.length) {
      yield block.subarray(0, Math.min(left, block.length))
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(file))
}

const clientOf = (endpoint) =>
  new S3Client({
    endpoint,
    region: swiftKey.region,
    forcePathStyle: true,
    credentials: { accessKeyId: swiftKey.accessKeyId, secretAccessKey: swiftKey.secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED'
  })

async function timed(work) {
  const beganMs = performance.now()
  await work()
  return performance.now() - beganMs
}

const uploadByLibrary = (client, file, turn) =>
  new Upload({
    client,
    params: { Bucket: bucket, Key: `library-${turn}.mp4`, Body: createReadStream(file) },
    partSize: partBytes,
    queueSize: 3
  }).done()

const uploadByRclone = (origin, file, turn) =>
  promisify(execFile)('rclone', ['copyto', file, `swift:${bucket}/rclone-${turn}.mp4`], {
    // Nothing else of this computer's: what is set for AWS here is not meant for it.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RCLONE_CONFIG: '/dev/null',
      RCLONE_CONFIG_SWIFT_TYPE: 's3',
      RCLONE_CONFIG_SWIFT_PROVIDER: 'Other',
      RCLONE_CONFIG_SWIFT_ENDPOINT: origin,
      RCLONE_CONFIG_SWIFT_REGION: swiftKey.region,
      RCLONE_CONFIG_SWIFT_ACCESS_KEY_ID: swiftKey.accessKeyId,
      RCLONE_CONFIG_SWIFT_SECRET_ACCESS_KEY: swiftKey.secretKey,
      RCLONE_S3_CHUNK_SIZE: '8M',
      RCLONE_S3_UPLOAD_CONCURRENCY: '3',
      RCLONE_S3_UPLOAD_CUTOFF: '8M'
    }
  })

/** Runs in the window. The secret is kept for this run, so that no keychain is part of what is measured. */
async function saveBucket({ origin, bucket, region, accessKeyId, secretKey }) {
  const saved = await window.app.bucketSave({
    id: null,
    name: 'Bench',
    endpoint: origin,
    region,
    bucket,
    prefix: 'app',
    isPathStyle: true,
    accessKeyId,
    secretKey,
    keyStorage: 'this-run'
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
  return saved.value.id
}

/** Drops the file as a person would, uploads it and waits for the end; how long that took, and what main grew by. */
async function uploadFromApp(app, page, file, bucketId) {
  const draftId = await dropFile(page, file)
  const beforeMb = residentMb(app)
  let mostMb = beforeMb
  const sampling = setInterval(() => {
    mostMb = Math.max(mostMb, residentMb(app))
  }, sampleEveryMs)
  const ms = await page.evaluate(upload, { draftId, bucketId })
  clearInterval(sampling)
  return { ms, addedMb: mostMb - beforeMb }
}

async function dropFile(page, file) {
  const added = page.evaluate(
    () =>
      new Promise((resolve) => {
        const end = window.app.onDraftChanged(({ changed }) => {
          const draft = changed.find(({ files }) => files.trainVideoUrl?.uploadId === null)
          if (draft === undefined) return
          end()
          resolve(draft.id)
        })
      })
  )
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
  }
  const draftId = await added
  await session.detach()
  return draftId
}

/** Runs in the window: milliseconds from the press to the verified object. */
function upload({ draftId, bucketId }) {
  return new Promise((resolve, reject) => {
    const beganMs = performance.now()
    const end = window.app.onUploadChanged((upload) => {
      if (upload.draftId !== draftId || !['done', 'failed'].includes(upload.state)) return
      end()
      if (upload.state === 'done') resolve(performance.now() - beganMs)
      else reject(new Error(JSON.stringify(upload.error)))
    })
    void window.app.uploadStart({ draftId, field: 'trainVideoUrl', bucketId })
  })
}

const residentMb = (app) =>
  Number(
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${app.process().pid}/status`, 'utf8'))?.[1]
  ) / 1024
