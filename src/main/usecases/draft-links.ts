import {
  draftFields,
  isVideoField,
  type LinkField,
  linkFields
} from '../../shared/catalogue/draft-fields.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { LinkView } from '../../shared/domain/link.ts'
import { type LinkReading, readLink } from '../links/read-link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { OpenDraft } from './draft-states.ts'

/** The API address if it is on this computer; links to it may then be used too (the sandbox's own videos). */
export const loopbackOrigin = (apiAddress: string): string | null =>
  apiAddress.startsWith('http://') ? apiAddress : null

const unreadable = (code: LinkView['findings'][number]): LinkView => ({
  display: '',
  host: '',
  fileName: '',
  sha256: '0'.repeat(64),
  signer: 'none',
  region: null,
  validFromAt: null,
  validUntilAt: null,
  findings: [code]
})

/** A draft without the link of a field, which need not be given again either. */
export const withoutLink = (entry: OpenDraft, field: LinkField): OpenDraft => {
  const { [field]: _old, ...urls } = entry.urls
  const needsLinkAgain = entry.draft.needsLinkAgain.filter((name) => name !== field)
  const draft = { ...entry.draft, [draftFields[field].view]: null, needsLinkAgain }
  return { ...entry, draft, urls }
}

export interface DraftLinkDeps {
  readonly store: { readonly read: Pick<Store['read'], 'account'> }
  readonly clock: Pick<Clock, 'nowAt'>
  /** The time by the clock of the server that a link leads to, else by all servers’, where one is known: it ends by it. */
  readonly trustedNowAt: (url: string) => string
}

/** Reads the links of drafts, each as its field and its draft's account allow. Changes nothing but what it answers. */
export const createDraftLinks = (deps: DraftLinkDeps) => {
  const { store, clock } = deps

  const allowedOrigin = (accountId: AccountId | null): string | null => {
    const account = accountId === null ? null : store.read.account(accountId)
    return account === null ? null : loopbackOrigin(account.apiAddress)
  }

  /** What was uploaded into a bucket on this computer may be used where the account is on it, too. */
  const allowedFor = (
    { draft, paths }: OpenDraft,
    field: LinkField,
    url: string
  ): string | null => {
    const allowed = allowedOrigin(draft.accountId)
    const isUploaded = isVideoField(field) && paths[field] !== undefined
    return allowed !== null && isUploaded && URL.canParse(url) ? new URL(url).origin : allowed
  }

  const readAs = (entry: OpenDraft, field: LinkField, text: string): LinkReading =>
    readLink(text, draftFields[field].purpose, {
      nowAt: deps.trustedNowAt(text.trim()),
      localAt: clock.nowAt(),
      allowLoopbackOrigin: allowedFor(entry, field, text.trim())
    })

  const withLink = (entry: OpenDraft, field: LinkField, text: string): OpenDraft => {
    const without = withoutLink(entry, field)
    if (text.trim() === '') return without
    const read = readAs(entry, field, text)
    const view = read.view ?? unreadable(read.finding)
    const draft = { ...without.draft, [draftFields[field].view]: view }
    const urls = read.view === null ? without.urls : { ...without.urls, [field]: read.url }
    return { ...without, draft, urls }
  }

  /** Reads all links of a draft anew: time passes, and another account may allow other hosts. */
  const reread = (entry: OpenDraft): OpenDraft =>
    linkFields.reduce((now, field) => {
      const url = now.urls[field]
      return url === undefined ? now : withLink(now, field, url)
    }, entry)

  return { allowedFor, readAs, withLink, reread }
}
export type DraftLinks = ReturnType<typeof createDraftLinks>
