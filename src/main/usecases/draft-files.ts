import {
  isVideoField,
  type LinkField,
  type VideoField,
  videoFields
} from '../../shared/catalogue/draft-fields.ts'
import type { LocalVideo } from '../../shared/domain/local-video.ts'
import { withoutLink } from './draft-links.ts'
import type { OpenDraft } from './draft-states.ts'

/** A file on this computer that a video is to be made of. */
export interface ChosenFile {
  readonly path: string
  readonly fileName: string
  readonly sizeBytes: number
}

/** A draft whose field is made of no file. */
export const withoutFile = (entry: OpenDraft, field: LinkField): OpenDraft => {
  if (!isVideoField(field) || entry.draft.files[field] === null) return entry
  const { [field]: _old, ...paths } = entry.paths
  return {
    ...entry,
    paths,
    draft: { ...entry.draft, files: { ...entry.draft.files, [field]: null } }
  }
}

/** A draft whose field is made of a file, in the place of a link. */
export const withFile = (entry: OpenDraft, field: VideoField, file: ChosenFile): OpenDraft => {
  const { path, fileName, sizeBytes } = file
  const local = { fileName, sizeBytes, isMissing: false, isChanged: false, uploadId: null }
  const before = withoutLink(entry, field)
  return {
    ...before,
    paths: { ...before.paths, [field]: path },
    draft: { ...before.draft, error: null, files: { ...before.draft.files, [field]: local } }
  }
}

/** A draft without the links to its own uploaded files. */
export const withoutMadeLinks = (entry: OpenDraft): OpenDraft =>
  videoFields.reduce(
    (now, field) => (now.draft.files[field] === null ? now : withoutLink(now, field)),
    entry
  )

/** A draft with something else known of the file of a field, if it has one. */
export const withLocal = (
  entry: OpenDraft,
  field: VideoField,
  patch: Partial<LocalVideo>
): OpenDraft => {
  const file = entry.draft.files[field]
  if (file === null) return entry
  const files = { ...entry.draft.files, [field]: { ...file, ...patch } }
  return { ...entry, draft: { ...entry.draft, files } }
}
