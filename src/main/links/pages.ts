import type { LinkQuery } from './link-query.ts'
import { firstValue } from './link-query.ts'

/** A page in place of the file. */
export interface Page {
  readonly service: string
  /** `share`: it shows the file to people. `wrapped`: it leads on to another link, once someone looked or clicked. */
  readonly kind: 'share' | 'wrapped'
  /** The file itself, or what the link leads on to, where that follows from the link alone. Secret. */
  readonly direct: string | null
}

interface PageFacts {
  readonly service: string
  /** A leading dot takes subdomains too. */
  readonly hosts: readonly string[]
  /** Which links of the host; without it all. */
  readonly isPage?: (url: URL, query: LinkQuery) => boolean
  readonly direct?: (url: URL, query: LinkQuery) => string | null
}

const withParameter = (
  url: URL,
  name: string,
  value: string,
  ...gone: readonly string[]
): string => {
  const direct = new URL(url)
  for (const parameter of gone) direct.searchParams.delete(parameter)
  direct.searchParams.set(name, value)
  return direct.href
}

const replaced = (url: URL, pattern: RegExp, by: string): string | null => {
  const direct = url.href.replace(pattern, by)
  return direct === url.href ? null : direct
}

/** Services whose links open a page for people instead of the file. */
const shares: readonly PageFacts[] = [
  {
    // With `dl=1` or `raw=1` it answers with the file.
    service: 'Dropbox',
    hosts: ['dropbox.com', 'www.dropbox.com'],
    isPage: (_url, query) => firstValue(query, 'dl') !== '1' && firstValue(query, 'raw') !== '1',
    direct: (url) =>
      /^\/(?:s|scl\/fi|sh\/[^/]+)\//.test(url.pathname)
        ? withParameter(url, 'dl', '1', 'dl', 'raw')
        : null
  },
  {
    service: 'GitHub',
    hosts: ['github.com', 'www.github.com'],
    isPage: ({ pathname }) =>
      !/^\/[^/]+\/[^/]+\/(?:raw|releases\/download|archive)\//.test(pathname) &&
      !pathname.startsWith('/user-attachments/assets/'),
    direct: (url) => replaced(url, /^(https:\/\/[^/]+\/[^/]+\/[^/]+)\/blob\//, '$1/raw/')
  },
  {
    service: 'GitLab',
    hosts: ['gitlab.com'],
    isPage: ({ pathname }) => /\/(?:-\/)?(?:blob|tree)\//.test(pathname),
    direct: (url) => replaced(url, /\/blob\//, '/raw/')
  },
  {
    service: 'Hugging Face',
    hosts: ['huggingface.co', 'hf.co'],
    isPage: ({ pathname }) => !/\/resolve\//.test(pathname),
    direct: (url) => replaced(url, /\/blob\//, '/resolve/')
  },
  {
    service: 'Bitbucket',
    hosts: ['bitbucket.org'],
    isPage: ({ pathname }) => /\/src\//.test(pathname),
    direct: (url) => replaced(url, /\/src\//, '/raw/')
  },
  {
    // The address of the console wants a login; the store's own one does not, if the object is public.
    service: 'Google Cloud Console',
    hosts: [
      'storage.cloud.google.com',
      'console.cloud.google.com',
      'storage.mtls.cloud.google.com'
    ],
    direct: (url) =>
      replaced(url, /^https?:\/\/storage\.cloud\.google\.com\//, 'https://storage.googleapis.com/')
  },
  {
    service: 'Firebase',
    hosts: ['firebasestorage.googleapis.com'],
    isPage: (_url, query) => firstValue(query, 'alt') !== 'media',
    direct: (url) => withParameter(url, 'alt', 'media')
  },
  {
    service: 'AWS Console',
    hosts: ['console.aws.amazon.com', '.console.aws.amazon.com']
  },
  { service: 'Azure Portal', hosts: ['portal.azure.com'] },
  { service: 'Cloudflare', hosts: ['dash.cloudflare.com'] },
  {
    service: 'Google Drive',
    hosts: ['drive.google.com', 'docs.google.com', 'drive.usercontent.google.com']
  },
  { service: 'Google Photos', hosts: ['photos.google.com', 'photos.app.goo.gl'] },
  { service: 'OneDrive', hosts: ['1drv.ms', 'onedrive.live.com'] },
  { service: 'SharePoint', hosts: ['.sharepoint.com', '.sharepoint.cn'] },
  { service: 'Microsoft Stream', hosts: ['web.microsoftstream.com'] },
  { service: 'iCloud', hosts: ['icloud.com', 'www.icloud.com', 'share.icloud.com'] },
  { service: 'WeTransfer', hosts: ['wetransfer.com', '.wetransfer.com', 'we.tl'] },
  { service: 'YouTube', hosts: ['youtube.com', '.youtube.com', 'youtu.be'] },
  { service: 'Vimeo', hosts: ['vimeo.com', 'www.vimeo.com'] },
  { service: 'Loom', hosts: ['loom.com', 'www.loom.com'] },
  { service: 'Box', hosts: ['app.box.com', '.app.box.com', 'box.com'] },
  { service: 'MEGA', hosts: ['mega.nz', 'mega.io', 'mega.co.nz'] },
  { service: 'pCloud', hosts: ['u.pcloud.link', 'my.pcloud.com', 'e.pcloud.link'] },
  { service: 'MediaFire', hosts: ['mediafire.com', 'www.mediafire.com'] },
  { service: 'Frame.io', hosts: ['f.io', 'app.frame.io', 'next.frame.io'] },
  { service: 'Smash', hosts: ['fromsmash.com'] },
  { service: 'SwissTransfer', hosts: ['swisstransfer.com', 'www.swisstransfer.com'] },
  { service: 'TransferNow', hosts: ['transfernow.net', 'www.transfernow.net'] },
  { service: 'Gofile', hosts: ['gofile.io'] },
  { service: 'Streamable', hosts: ['streamable.com'] },
  { service: 'Notion', hosts: ['www.notion.so', '.notion.site'] },
  { service: 'Slack', hosts: ['.slack.com'] },
  { service: 'Microsoft Teams', hosts: ['teams.microsoft.com'] },
  { service: 'Telegram', hosts: ['t.me', 'telegram.me'] },
  { service: 'Canva', hosts: ['www.canva.com', 'canva.com'] },
  { service: 'Descript', hosts: ['share.descript.com', 'web.descript.com'] },
  { service: 'Riverside', hosts: ['riverside.fm', 'riverside.com'] },
  { service: 'Zoom', hosts: ['zoom.us', '.zoom.us'] },
  { service: 'Instagram', hosts: ['instagram.com', 'www.instagram.com'] },
  { service: 'TikTok', hosts: ['www.tiktok.com', 'vm.tiktok.com'] },
  { service: 'X', hosts: ['x.com', 'twitter.com'] },
  { service: 'LinkedIn', hosts: ['www.linkedin.com'] },
  { service: 'Facebook', hosts: ['www.facebook.com', 'fb.watch'] },
  { service: 'Yandex Disk', hosts: ['disk.yandex.ru', 'disk.yandex.com', 'yadi.sk'] },
  { service: 'Baidu', hosts: ['pan.baidu.com'] },
  {
    service: 'Nextcloud',
    hosts: [''],
    isPage: ({ pathname }) => /^(?:\/index\.php)?\/s\/[A-Za-z0-9]{15}\/?$/.test(pathname),
    direct: (url) => `${url.origin}${url.pathname.replace(/\/$/, '')}/download`
  }
]

const inParameter =
  (...names: readonly string[]) =>
  (_url: URL, query: LinkQuery): string | null =>
    names
      .map((name) => firstValue(query, name))
      .find((value) => /^https?:\/\//i.test(value ?? '')) ?? null

/** `-3A` for `%3A` and `_` for `/`: the second version of Proofpoint’s wrapping. */
const proofpoint2 = (_url: URL, query: LinkQuery): string | null => {
  const text =
    firstValue(query, 'u')
      ?.replaceAll('_', '/')
      .replace(/-(?=[0-9a-f]{2})/gi, '%') ?? ''
  return /^https?(?::|%3A)/i.test(text) ? decoded(text) : null
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

/** Links of mail programs, chats and search pages that lead on to another one, after a check or a click. */
const wrappers: readonly PageFacts[] = [
  {
    service: 'Outlook Safe Links',
    hosts: [
      '.safelinks.protection.outlook.com',
      '.safelinks.protection.office365.us',
      'statics.teams.cdn.office.net'
    ],
    direct: inParameter('url')
  },
  { service: 'Proofpoint', hosts: ['urldefense.proofpoint.com'], direct: proofpoint2 },
  {
    service: 'Proofpoint',
    hosts: ['urldefense.com'],
    direct: (url) => {
      const inner = /\/v3\/__(.+?)__;/.exec(url.href)?.[1]
      // A star stands for a character that was taken out: then the link is not all there.
      return inner === undefined || inner.includes('*')
        ? null
        : inner.replace(/^(https?):\/(?!\/)/, '$1://')
    }
  },
  { service: 'Barracuda', hosts: ['linkprotect.cudasvc.com'], direct: inParameter('a') },
  { service: 'Mimecast', hosts: ['.mimecast.com', '.mimecastprotect.com'] },
  {
    service: 'Google',
    hosts: ['www.google.com', 'google.com'],
    isPage: ({ pathname }) => pathname === '/url',
    direct: inParameter('url', 'q')
  },
  { service: 'Slack', hosts: ['slack-redir.net'], direct: inParameter('url') },
  {
    service: 'Facebook',
    hosts: [
      'l.facebook.com',
      'lm.facebook.com',
      'l.instagram.com',
      'l.messenger.com',
      'l.workplace.com'
    ],
    direct: inParameter('u')
  },
  {
    service: 'LinkedIn',
    hosts: ['www.linkedin.com'],
    isPage: ({ pathname }) => /^\/(?:redir|safety)/.test(pathname),
    direct: inParameter('url')
  },
  {
    service: 'YouTube',
    hosts: ['www.youtube.com'],
    isPage: ({ pathname }) => pathname === '/redirect',
    direct: inParameter('q')
  },
  {
    service: 'Steam',
    hosts: ['steamcommunity.com'],
    isPage: ({ pathname }) => pathname.startsWith('/linkfilter'),
    direct: inParameter('u', 'url')
  },
  {
    service: 'VK',
    hosts: ['vk.com'],
    isPage: ({ pathname }) => pathname === '/away.php',
    direct: inParameter('to')
  },
  {
    service: 'DuckDuckGo',
    hosts: ['duckduckgo.com'],
    isPage: ({ pathname }) => pathname === '/l/',
    direct: inParameter('uddg')
  }
]

const isAt = (host: string, pattern: string): boolean =>
  pattern === '' || (pattern.startsWith('.') ? host.endsWith(pattern) : host === pattern)

const findPage = (
  pages: readonly PageFacts[],
  url: URL,
  query: LinkQuery
): PageFacts | undefined => {
  const host = url.hostname.replace(/\.$/, '')
  return pages.find(
    ({ hosts, isPage }) =>
      hosts.some((pattern) => isAt(host, pattern)) && (isPage?.(url, query) ?? true)
  )
}

/** The page that a link opens in place of the file; null: none that is known. */
export const pageOf = (url: URL, query: LinkQuery): Page | null => {
  const wrapper = findPage(wrappers, url, query)
  const found = wrapper ?? findPage(shares, url, query)
  if (found === undefined) return null
  return {
    service: found.service,
    kind: wrapper === undefined ? 'share' : 'wrapped',
    direct: found.direct?.(url, query) ?? null
  }
}

/** Services that keep a file for a day or less, by their hosts, with how long in hours; 0: for one download. */
const passing: readonly (readonly [string, string])[] = [
  ['replicate.delivery', '1 h'],
  ['.replicate.delivery', '1 h'],
  ['tmpfiles.org', '1 h'],
  ['file.io', '1×'],
  ['www.file.io', '1×'],
  ['uguu.se', '3 h'],
  ['.uguu.se', '3 h'],
  ['temp.sh', '72 h'],
  ['litter.catbox.moe', '72 h']
]

/** For how long a service keeps what it is given, if that is too short; null: not known to be. */
export const keepsFor = (url: URL): string | null =>
  passing.find(([host]) => isAt(url.hostname, host))?.[1] ?? null
