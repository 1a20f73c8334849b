/** Why a text names no model of Replicate. */
export type NotAModel =
  | 'not-a-name'
  /** An address of another site. */
  | 'not-replicate'
  /** A page of replicate.com that belongs to no model: settings, docs, an owner. */
  | 'site-page'
  | 'deployment-page'
  | 'prediction-page'

/** What a text names: a model, a version of it, or why neither. */
export type ModelName =
  | { readonly kind: 'model'; readonly owner: string; readonly name: string }
  | {
      readonly kind: 'version'
      readonly owner: string
      readonly name: string
      readonly version: string
    }
  | { readonly kind: 'none'; readonly why: NotAModel }

const LONGEST = 2_000
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/
const VERSION = /^[A-Za-z0-9_-]{1,128}$/
const HOSTS = ['replicate.com', 'www.replicate.com', 'api.replicate.com', 'r8.im'] as const
type Host = (typeof HOSTS)[number]

/** First words of addresses on the website that belong to nobody's models. */
const OWN_PAGES = new Set(
  `about account accounts admin api apps auth billing blog brand careers changelog cog collections contact create dashboard
  docs enterprise examples explore faq featured files fine-tune fine-tunes guides hardware help home integrations invites
  invoices jobs legal login logout models new notifications oauth orgs organizations organisations playground press
  pricing privacy search security settings showcase signin signout signup sitemap.xml static status stories streaming
  support team teams terms topics train trainings trending tutorials usage user users webhooks`.split(
    /\s+/
  )
)

const none = (why: NotAModel): ModelName => ({ kind: 'none', why })

const named = (owner: string, name: string, version: string | null): ModelName => {
  if (!SEGMENT.test(owner) || !SEGMENT.test(name)) return none('not-a-name')
  if (version === null) return { kind: 'model', owner, name }
  return VERSION.test(version) ? { kind: 'version', owner, name, version } : none('not-a-name')
}

/** `name`, `name:version`, `name@sha256:version`; an image's `latest` is no version. */
const readTagged = (owner: string, tagged: string): ModelName => {
  const [, name = '', version = null] = /^([^:@]*)(?:(?::|@sha256:)(.+))?$/.exec(tagged) ?? []
  return named(owner, name, version === 'latest' ? null : version)
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    // Not encoded at all; whatever it is has to pass as it stands.
    return part
  }
}

const ofApi = ([root, list, owner, tagged, page, version]: readonly string[]): ModelName => {
  if (root !== 'v1') return none('site-page')
  if (list === 'deployments') return none('deployment-page')
  if (list === 'predictions') return none('prediction-page')
  if (list !== 'models' || owner === undefined || tagged === undefined) return none('site-page')
  return withPage(owner, tagged, page, version)
}

const withPage = (
  owner: string,
  tagged: string,
  page: string | undefined,
  version: string | undefined
): ModelName =>
  page === 'versions' && version !== undefined
    ? named(owner, tagged, version)
    : readTagged(owner, tagged)

const ofSite = ([owner = '', tagged, page, version]: readonly string[]): ModelName => {
  const first = owner.toLowerCase()
  if (first === 'deployments') return none('deployment-page')
  if (first === 'p' || first === 'predictions') return none('prediction-page')
  if (tagged === undefined || OWN_PAGES.has(first)) return none('site-page')
  return withPage(owner, tagged, page, version)
}

const ofAddress = (host: Host, path: readonly string[]): ModelName => {
  switch (host) {
    case 'api.replicate.com':
      return ofApi(path)
    case 'r8.im':
      return path.length === 2 ? readTagged(path[0] ?? '', path[1] ?? '') : none('not-a-name')
    default:
      return ofSite(path)
  }
}

const isHost = (host: string): host is Host => HOSTS.some((known) => known === host)

/** Nothing is fetched from it, so that host and path alone are read. */
const ADDRESS = /^(https?):\/\/([^/?#\s]*)([^?#\s]*)(?:[?#]\S*)?$/i
const usualPorts: Readonly<Record<string, string>> = { http: ':80', https: ':443' }

const readAddress = (address: string): ModelName => {
  const [, scheme = '', authority = '', path = ''] = ADDRESS.exec(address) ?? []
  if (scheme === '') return none('not-a-name')
  const port = usualPorts[scheme.toLowerCase()] ?? ''
  const at = authority.toLowerCase()
  const host = at.endsWith(port) ? at.slice(0, at.length - port.length) : at
  if (!isHost(host)) return none('not-replicate')
  const parts = path.replace(/\.git\/?$/, '').split('/')
  return ofAddress(host, parts.filter((part) => part !== '').map(decoded))
}

/** What stands around a name where it is copied from: a command, a link of Markdown, quotation marks, a full stop. */
const unwrapped = (text: string): string => {
  const plain = text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').trim()
  const [, linked] =
    /^!?\[[^\]]*\]\(\s*<?([^\s<>)]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)$/.exec(plain) ?? []
  const command =
    /^(?:\$\s+)?(?:git\s+clone|cog\s+push|docker\s+(?:pull|run|push)(?:\s+-\S+(?:\s+\d+:\d+)?)*)\s+(\S+)$/
  const bare = (linked ?? command.exec(plain)?.[1] ?? plain).trim()
  return bare
    .replace(/^["'`“”‘’«»<(]+/u, '')
    .replace(/["'`“”‘’«»>),.;!]+$/u, '')
    .replace(/^git\+(?=https?:)/i, '')
}

const withScheme = (text: string): string | null => {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  if (text.startsWith('//')) return `https:${text}`
  const [host = ''] = text.toLowerCase().split(/[/?#:]/, 1)
  return isHost(host) ? `https://${text}` : null
}

/**
 * Reads what a person types or pastes to name a model of Replicate: `owner/name`, `owner/name:version`, an image on r8.im,
 * or the address of a page on replicate.com or of its API, with or without a scheme. Nothing is looked up. Pure.
 */
export const readModelName = (text: string): ModelName => {
  if (text.length > LONGEST) return none('not-a-name')
  const plain = unwrapped(text)
  const address = withScheme(plain)
  if (address !== null) {
    return /^https?:/i.test(address) ? readAddress(address) : none('not-replicate')
  }
  const [owner = '', tagged = '', ...more] = plain.replace(/\/$/, '').split('/')
  return more.length > 0 ? none('not-a-name') : readTagged(owner, tagged)
}
