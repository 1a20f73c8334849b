import type { VideoFindingCode } from '../../shared/catalogue/training-rules.ts'
import type { VideoFinding } from '../../shared/domain/video-check.ts'

/** Why no more can be read. Its message is the finding's code: whatever a network stack says may hold the link. */
export class ReadFault extends Error {
  override readonly name = 'ReadFault'
  readonly code: VideoFindingCode
  readonly values: VideoFinding['values']

  constructor(code: VideoFindingCode, values: VideoFinding['values'] = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
