import { describe, expect, it } from 'vitest'
import { videoFindingCodes } from '../../shared/catalogue/training-rules.ts'
import type { VideoCheck, VideoFacts, VideoFinding } from '../../shared/domain/video-check.ts'
import {
  bytesText,
  factLines,
  findingSentence,
  leavesOpen,
  lengthText,
  refusalText,
  verdictText
} from './video-words.ts'

const finding = (change: Partial<VideoFinding>): VideoFinding => ({
  code: 'rate-low',
  level: 'refused',
  errorType: 'video_fps',
  values: { rate: 23.976 },
  ...change
})

const facts: VideoFacts = {
  sizeBytes: 31_457_280,
  contentType: 'video/mp4',
  container: 'mp4',
  durationSeconds: 62.4,
  videoCodec: 'avc',
  audioCodec: 'aac',
  hasAudio: true,
  videoTracks: 1,
  codedWidth: 1920,
  codedHeight: 1080,
  width: 1080,
  height: 1920,
  rotation: 270,
  frameRate: 22.51,
  usualFrameRate: 30,
  smallestGapMs: 33.33,
  largestGapMs: 66.67,
  bitDepth: 8,
  chroma: '4:2:0',
  isHdr: false,
  hasEditList: false,
  isFastStart: true,
  isFragmented: false,
  missingBytes: 0,
  finalHost: null
}

describe('what was found in a video', () => {
  it('says each finding in a sentence, with nothing left to be filled in', () => {
    for (const code of videoFindingCodes) {
      const said = findingSentence(finding({ code, values: {} }))
      expect(said).not.toMatch(/[{}]|video\.finding/)
      expect(said.length).toBeGreaterThan(2)
    }
  })

  it('names the numbers, and what Tavus calls the failure', () => {
    expect(findingSentence(finding({}))).toMatch(/^23\.98 fps is too low/)
    expect(refusalText(finding({}))).toBe('Tavus will refuse: video_fps')
    expect(refusalText(finding({ level: 'warning' }))).toBe('Tavus may refuse: video_fps')
    expect(refusalText(finding({ level: 'pass' }))).toBeNull()
  })

  it('promises nothing of the picture that the line does not keep', () => {
    const moved = (mend?: string) =>
      findingSentence(finding({ code: 'format-mov', values: mend === undefined ? {} : { mend } }))
    expect(moved('remux')).toContain('the picture stays as it is')
    expect(moved('reencode')).toMatch(/Convert it\.$/)
    expect(moved()).toMatch(/Convert it\.$/)
    expect(findingSentence(finding({ values: { rate: 23.976, mend: 'reencode' } }))).toContain(
      'Convert it to 30 fps'
    )
    expect(findingSentence(finding({ values: { rate: 15 } }))).not.toContain('Convert')
  })

  it('says when a link expired, where that is known', () => {
    const expired = (at?: string) =>
      findingSentence(finding({ code: 'link-expired', values: at === undefined ? {} : { at } }))
    expect(expired('2024-03-01T10:00:00Z')).toMatch(
      /^This link expired \w+ \d+, 2024 at .+\. Create/
    )
    expect(expired()).toBe('This link has expired. Create a new one.')
  })

  it('names what was not read', () => {
    const open = finding({
      code: 'link-no-ranges',
      level: 'advice',
      values: { unread: 'length rate whole' }
    })
    expect(findingSentence(open)).toMatch(
      /Not checked: length, frame rate, and whether the file is complete\.$/
    )
    expect([leavesOpen(open), leavesOpen(finding({}))]).toEqual([true, false])
  })

  it('shows sizes and lengths as storages and players do', () => {
    expect([0, 999, 1500, 750_000_000, 1_250_000_000].map(bytesText)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.5 kB',
      '750 MB',
      '1.3 GB'
    ])
    expect([0, 59.99, 60, 3725].map(lengthText)).toEqual(['0:00', '0:59', '1:00', '62:05'])
  })

  it('shows what was read, and leaves out what was not', () => {
    expect(factLines(facts).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Format: MP4, H.264',
      'Length: 1:02',
      'Resolution: 1080 × 1920, rotated 270°',
      'Frame rate: 22.51 fps (33 to 67 ms per frame)',
      'Audio: AAC',
      'Size: 31.5 MB',
      'Index: At the start (fast start)'
    ])
  })

  it('has one line for a table', () => {
    const check: VideoCheck = {
      state: 'done',
      checkedAt: null,
      facts,
      findings: [],
      ffmpegCommand: null,
      canFit: null,
      fit: null,
      bytesRead: 0,
      requests: 1
    }
    expect(verdictText(check)).toBe('This video meets Tavus’s rules.')
    expect(verdictText({ ...check, findings: [finding({})] })).toMatch(/too low/)
    expect(verdictText({ ...check, state: 'checking' })).toBeNull()
  })
})
