import { draftFields, type VideoField } from '../../shared/catalogue/draft-fields.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { LinkView } from '../../shared/domain/link.ts'
import type { Store } from '../ports/store.ts'
import { type DraftLinks, loopbackOrigin } from './draft-links.ts'
import type { OpenDraft } from './draft-states.ts'
import type { KnownVideo } from './video-checks.ts'

/** What a link's text tells of its time or its signature may be wrong; a host that is none of the public ones is not. */
const hopeless = ['not-https', 'has-user-info', 'private-address', 'bad-host', 'share-page']

const canBeAskedFor = ({ findings }: LinkView): boolean =>
  findings.every(({ code }) => !hopeless.includes(code))

export interface DraftVideoDeps extends Pick<DraftLinks, 'allowedFor'> {
  readonly store: { readonly read: Pick<Store['read'], 'account'> }
}

/** What of a draft's videos can be checked. */
export const createDraftVideos = ({ store, allowedFor }: DraftVideoDeps) => {
  /** A link that can be asked for: what its text alone refuses needs no request. */
  const videoOf = (entry: OpenDraft, field: VideoField): KnownVideo | null => {
    const { draft, urls, paths } = entry
    const url = urls[field]
    const path = paths[field]
    const link = draft[draftFields[field].view]
    const isOpen = draft.state === 'editing' || draft.state === 'creating'
    if (isOpen && path !== undefined && url === undefined) {
      return {
        key: JSON.stringify([path, draft.files[field]?.sizeBytes, draft.model === 'phoenix-3']),
        source: { kind: 'file', path },
        fileName: draft.files[field]?.fileName ?? '',
        field,
        model: draft.model,
        validUntilAt: null
      }
    }
    if (url === undefined || link === null || !isOpen || !canBeAskedFor(link)) return null
    const allowLoopbackOrigin = allowedFor(entry, field, url)
    if (isMadeUp(draft.accountId, url)) return null
    return {
      key: JSON.stringify([link.sha256, allowLoopbackOrigin, draft.model === 'phoenix-3']),
      source: { kind: 'link', url, allowLoopbackOrigin },
      field,
      fileName: link.fileName,
      model: draft.model,
      validUntilAt: link.validUntilAt
    }
  }

  /** The sample trains on nothing, so its links may lead nowhere. */
  const isMadeUp = (accountId: AccountId | null, url: string): boolean => {
    const account = accountId === null ? null : store.read.account(accountId)
    return account?.isSample === true && new URL(url).origin !== loopbackOrigin(account.apiAddress)
  }

  return { videoOf }
}
