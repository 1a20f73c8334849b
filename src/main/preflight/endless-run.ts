/** More frames than any fragment has; the library makes an entry for each that one claims. */
const mostFrames = 1_000_000
/** Which of the flags of a run say that it lists something of each frame, four bytes each. */
const perFrame = 0x000f00
const runHeadBytes = 12

/**
 * True for bytes with a run of frames (`trun`) that lists nothing of its frames, so that its size says nothing against
 * claiming billions: counting through them would hold up the whole app. Source: ISO/IEC 14496-12, 8.8.8.
 */
export const hasEndlessRun = (bytes: Uint8Array): boolean => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = view.indexOf('trun'); at !== -1; at = view.indexOf('trun', at + 4)) {
    if (at + runHeadBytes > view.length) return false
    const listsFrames = (view.readUInt32BE(at + 4) & perFrame) !== 0
    if (!listsFrames && view.readUInt32BE(at + 8) > mostFrames) return true
  }
  return false
}
