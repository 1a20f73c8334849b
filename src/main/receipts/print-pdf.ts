import { BrowserWindow, type Session, session } from 'electron'
import { t } from '../../shared/messages/messages.ts'
import { sealNetwork } from '../security/guards.ts'
import type { Paper, PrintPdf } from './save-receipt.ts'

const mm = (millimetres: number): number => millimetres / 25.4

/** Letter is wider and shorter than A4; with these margins the text block of either fits on the other. */
const margins: Readonly<Record<Paper, { readonly x: number; readonly y: number }>> = {
  A4: { x: mm(16), y: mm(17) },
  Letter: { x: mm(18), y: mm(14) }
}

const footer = (title: string): string => {
  const page = t('receipt.page', {
    page: '<span class="pageNumber"></span>',
    pages: '<span class="totalPages"></span>'
  })
  return `<div style="width:100%;padding:0 16mm;font:7pt system-ui,sans-serif;color:#5b5d66;display:flex;justify-content:space-between"><span>${title}</span><span>${page}</span></div>`
}

const scheme = 'receipt'
const pages = new Map<string, string>()
let lastPage = 0
let sealed: Session | null = null

/** A session in memory from which nothing is fetched and nothing asked: it knows our own pages alone. */
const sealedSession = (): Session => {
  if (sealed !== null) return sealed
  sealed = session.fromPartition('receipt-print', { cache: false })
  sealed.protocol.handle(scheme, ({ url }) => {
    const page = pages.get(url)
    const headers = { 'content-type': 'text/html; charset=utf-8' }
    return new Response(page ?? '', { status: page === undefined ? 404 : 200, headers })
  })
  sealed.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !pages.has(url) }))
  sealed.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  sealed.setPermissionCheckHandler(() => false)
  void sealNetwork(sealed)
  return sealed
}

/**
 * Prints a page of ours in a hidden window that can run nothing and reach nothing, and closes it. `footerText` is put into
 * the page's foot as it is, so it must be plain.
 */
export const printPdf: PrintPdf = async (page, paper, footerText) => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: sealedSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      javascript: false
    }
  })
  lastPage += 1
  const address = `${scheme}://page/${lastPage}`
  pages.set(address, page)
  try {
    await window.loadURL(address)
    const { x, y } = margins[paper]
    return await window.webContents.printToPDF({
      pageSize: paper,
      margins: { top: y, bottom: y, left: x, right: x },
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(footerText),
      generateTaggedPDF: true,
      preferCSSPageSize: false
    })
  } finally {
    pages.delete(address)
    window.destroy()
  }
}
