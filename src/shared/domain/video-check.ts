import * as z from 'zod'
import { type VideoFindingCode, videoFindingCodes } from '../catalogue/training-rules.ts'

const count = z.number().int().nonnegative()
const measure = z.number().nonnegative()

/** What a file is, by its own bytes. */
export const containerSchema = z.enum([
  'mp4',
  'mov',
  'webm',
  'mkv',
  'avi',
  'ts',
  'page',
  'xml',
  'text',
  'zip',
  'image',
  'audio',
  'empty',
  'unknown'
])
export type Container = z.infer<typeof containerSchema>

/** What was read of a video. Null: not known, or not of this kind of file. */
export const videoFactsSchema = z.strictObject({
  sizeBytes: count.nullable(),
  /** What the server calls it; a hint only. */
  contentType: z.string().max(100).nullable(),
  container: containerSchema,
  durationSeconds: measure.nullable(),
  /** `avc`, `hevc`, `vp8`, `vp9`, `av1`, or the file's own four letters. */
  videoCodec: z.string().max(40).nullable(),
  audioCodec: z.string().max(40).nullable(),
  hasAudio: z.boolean().nullable(),
  videoTracks: count.nullable(),
  /** As it is stored. */
  codedWidth: count.nullable(),
  codedHeight: count.nullable(),
  /** As it is shown: turned, and with its pixels square. */
  width: count.nullable(),
  height: count.nullable(),
  /** Degrees clockwise. */
  rotation: z.number().int().nullable(),
  /** Frames over time, in frames a second. */
  frameRate: measure.nullable(),
  /** By the usual gap between two frames, in frames a second. */
  usualFrameRate: measure.nullable(),
  smallestGapMs: measure.nullable(),
  largestGapMs: measure.nullable(),
  bitDepth: count.nullable(),
  chroma: z.enum(['4:0:0', '4:2:0', '4:2:2', '4:4:4']).nullable(),
  isHdr: z.boolean().nullable(),
  hasEditList: z.boolean().nullable(),
  /** The index stands before the pictures. */
  isFastStart: z.boolean().nullable(),
  isFragmented: z.boolean().nullable(),
  /** Bytes that the file promises and does not have. */
  missingBytes: count.nullable(),
  /** Where the link led to in the end, if that is another host. */
  finalHost: z.string().max(300).nullable()
})
export type VideoFacts = z.infer<typeof videoFactsSchema>

const codes = videoFindingCodes as readonly [VideoFindingCode, ...VideoFindingCode[]]

export const videoFindingSchema = z.strictObject({
  code: z.enum(codes),
  level: z.enum(['pass', 'advice', 'warning', 'refused']),
  /** Tavus's own name of the failure that this foretells. */
  errorType: z.string().max(60).nullable(),
  /** What the sentence names. Never a part of a link but its host. */
  values: z.record(z.string().max(30), z.union([z.string().max(300), z.number()]))
})
export type VideoFinding = z.infer<typeof videoFindingSchema>

/** A video that is being made fit; `share` of 1, null while that is not known. */
export const videoFitSchema = z.strictObject({
  state: z.enum(['running', 'failed']),
  share: z.number().min(0).max(1).nullable()
})
export type VideoFit = z.infer<typeof videoFitSchema>

/** What the doctor found in a training or consent video. */
export const videoCheckSchema = z.strictObject({
  /** `failed`: nobody could be asked, so it says nothing of the video. */
  state: z.enum(['checking', 'done', 'failed']),
  /** When it ended; null while it runs. */
  checkedAt: z.iso.datetime().nullable(),
  facts: videoFactsSchema.nullable(),
  findings: z.array(videoFindingSchema).max(40),
  /** The line that makes a file which Tavus takes; null: nothing to mend, or not that way. */
  ffmpegCommand: z.string().max(1000).nullable(),
  /** `remux` takes seconds, `reencode` minutes; null: the app cannot do it here. */
  canFit: z.enum(['remux', 'reencode']).nullable(),
  /** A file that is being made of this one; null: none is. */
  fit: videoFitSchema.nullable(),
  bytesRead: count,
  requests: count
})
export type VideoCheck = z.infer<typeof videoCheckSchema>
