import type { LinkQuery } from './link-query.ts'
import { firstValue } from './link-query.ts'

/** Services whose links open a page for people instead of the file. A leading dot takes subdomains too. */
const services: readonly (readonly [string, readonly string[]])[] = [
  ['Google Drive', ['drive.google.com', 'docs.google.com']],
  ['Google Photos', ['photos.google.com', 'photos.app.goo.gl']],
  ['OneDrive', ['1drv.ms', 'onedrive.live.com']],
  ['SharePoint', ['.sharepoint.com']],
  ['iCloud', ['icloud.com', 'www.icloud.com', 'share.icloud.com']],
  ['WeTransfer', ['wetransfer.com', '.wetransfer.com', 'we.tl']],
  ['YouTube', ['youtube.com', '.youtube.com', 'youtu.be']],
  ['Vimeo', ['vimeo.com', 'www.vimeo.com']],
  ['Loom', ['loom.com', 'www.loom.com']],
  ['Box', ['app.box.com']],
  ['MEGA', ['mega.nz', 'mega.io']]
]

const isAt = (host: string, pattern: string): boolean =>
  pattern.startsWith('.') ? host.endsWith(pattern) : host === pattern

/** Dropbox gives the file itself once the link asks for it. */
const isDropboxPage = (host: string, query: LinkQuery): boolean =>
  (host === 'dropbox.com' || host === 'www.dropbox.com') &&
  firstValue(query, 'dl') !== '1' &&
  firstValue(query, 'raw') !== '1'

/** The service whose share page a link opens, or null. */
export const sharePageService = (hostname: string, query: LinkQuery): string | null => {
  const host = hostname.replace(/\.$/, '')
  if (isDropboxPage(host, query)) return 'Dropbox'
  const found = services.find(([, patterns]) => patterns.some((pattern) => isAt(host, pattern)))
  return found?.[0] ?? null
}
