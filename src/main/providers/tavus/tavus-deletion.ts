import type { AssetKind } from '../../../shared/domain/asset.ts'
import type { DeletionEffect, DeletionMode } from '../../../shared/domain/deletion.ts'
import { assertNever } from '../../../shared/result.ts'

interface Description {
  readonly goes: readonly DeletionEffect[]
  readonly stays: readonly DeletionEffect[]
}

/** Tavus names conversations as staying; an older page of it names the videos instead. */
const madeWithReplica: readonly DeletionEffect[] = [
  'conversations',
  'videos-made-with-it',
  'personas-using-it'
]

const describeReplica = (mode: DeletionMode): Description =>
  mode === 'permanent'
    ? { goes: ['replica', 'training-footage'], stays: madeWithReplica }
    : { goes: ['replica'], stays: ['training-footage-perhaps', ...madeWithReplica] }

const describeVideo = (mode: DeletionMode): Description =>
  mode === 'permanent'
    ? { goes: ['video', 'video-thumbnails'], stays: [] }
    : { goes: ['video'], stays: ['video-thumbnails'] }

/** What goes and what stays, as far as Tavus's documents say; whether it is really so is not known here. */
export const describeDeletion = (kind: AssetKind, mode: DeletionMode): Description => {
  switch (kind) {
    case 'replica':
      return describeReplica(mode)
    case 'video':
      return describeVideo(mode)
    default:
      return assertNever(kind)
  }
}
