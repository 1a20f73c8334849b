import { createHash } from 'node:crypto'
import { initials } from '../../renderer/text/asset-words.ts'
import { eventSubject, eventText } from '../../renderer/text/history-words.ts'
import { checksText, lineSubject, lineText, thingCount } from '../../renderer/text/line-words.ts'
import { localDay, offsetText } from '../../renderer/text/local-time.ts'
import {
  allOf,
  clockSeconds,
  clockTime,
  dateLong,
  exactTime,
  number,
  shortExactTime
} from '../../renderer/text/time-words.ts'
import { viewName } from '../../renderer/text/view-words.ts'
import type { HistoryEvent, HistoryLine } from '../../shared/domain/history.ts'
import { isFiltered } from '../../shared/history-filter.ts'
import { type HistoryTone, historyTone } from '../../shared/history-outcome.ts'
import { t } from '../../shared/messages/messages.ts'
import type { ExportContent, ReportAbout, ReportLine } from '../ports/history-exporter.ts'
import { appMark } from '../rules/app-mark.ts'
import { Html, html } from '../rules/escape-html.ts'
import { pageStart } from '../rules/html-page.ts'
import { reportStyle } from './report-style.ts'

/** A small picture of a face as a `data:` address; null: there is none. */
export type FaceOf = (posterId: string) => Promise<string | null>

/** With more than that the page would be slow to open and to send. */
const mostFaces = 1_500
const mostFaceCharacters = 12_000_000

/** Each face is in the page once, however often it is shown. */
export const createFaces = (faceOf: FaceOf) => {
  const known = new Map<string, number | null>()
  let characters = 0
  return async (posterId: string | null): Promise<Html | null> => {
    if (posterId === null) return null
    const held = known.get(posterId)
    if (held !== undefined) {
      return held === null ? null : html`<svg viewBox="0 0 1 1"><use href="#face-${held}"/></svg>`
    }
    const isFull = known.size >= mostFaces || characters >= mostFaceCharacters
    const address = isFull ? null : await faceOf(posterId)
    known.set(posterId, address === null ? null : known.size)
    if (address === null) return null
    characters += address.length
    return html`<svg viewBox="0 0 1 1"><image id="face-${known.size - 1}" href="${address}" width="1" height="1" preserveAspectRatio="xMidYMid slice"/></svg>`
  }
}
type Faces = ReturnType<typeof createFaces>

/** What a report counts while its lines are made. */
interface Tally {
  lines: number
  records: number
  firstAt: string | null
  lastAt: string | null
  readonly tones: Map<HistoryTone, number>
  readonly accounts: Set<string>
}

const startTally = (): Tally => ({
  lines: 0,
  records: 0,
  firstAt: null,
  lastAt: null,
  tones: new Map(),
  accounts: new Set()
})

const count = (tally: Tally, { line, parts }: ReportLine): void => {
  const { count: records, head, startedAt, outcome } = line
  tally.lines += 1
  for (const { accountName } of [head, ...parts]) {
    if (accountName !== null) tally.accounts.add(accountName)
  }
  tally.records += records
  if (tally.firstAt === null || startedAt < tally.firstAt) tally.firstAt = startedAt
  if (tally.lastAt === null || head.at > tally.lastAt) tally.lastAt = head.at
  tally.tones.set(outcome, (tally.tones.get(outcome) ?? 0) + 1)
}

/** "2026-11-30 14:05:12 UTC" */
const utcText = (at: string): string => `${at.slice(0, 19).replace('T', ' ')} UTC`

const timeOf = (at: string, text: string): Html =>
  html`<time datetime="${at}" title="${exactTime(at)} · ${utcText(at)}">${text}</time>`

const isSameDay = (at: string, otherAt: string): boolean =>
  localDay(Date.parse(at)) === localDay(Date.parse(otherAt))

/** `dayAt`: an instant of the day that the line is under, which need not be said again. */
const partOf = (event: HistoryEvent, dayAt: string): Html =>
  html`<li class="${historyTone(event)}"><i class="mark"></i>${timeOf(
    event.at,
    isSameDay(event.at, dayAt) ? clockSeconds(event.at) : shortExactTime(event.at)
  )}<span><bdi class="about">${eventSubject(event)}</bdi> <span class="said">${eventText(event)}</span></span></li>
`

const partsOf = ({ line, parts }: ReportLine, isOpen: boolean): Html | null => {
  if (parts.length === 0) return null
  const left = line.count - parts.length
  return html`<details${isOpen ? new Html(' open') : null}><summary>${t('report.parts', { count: line.count })}</summary><ol class="parts">
${parts.map((part) => partOf(part, line.head.at))}</ol>${left > 0 ? html`<p class="dim">${t('report.partsLeft', { count: left })}</p>` : null}</details>`
}

const moreOf = (line: HistoryLine): Html => {
  const checks = checksText(line)
  const { assetId } = line.head
  return html`<div class="more">${
    checks === null
      ? null
      : html`<span${line.onlineCount > 0 ? new Html(' class="online"') : null}>${checks}</span>`
  }${assetId !== null && thingCount(line) === 1 ? html`<span class="mono">${assetId}</span>` : null}</div>`
}

const faceBox = (face: Html | null, name: string, isGone: boolean): Html =>
  html`<span class="face${isGone ? ' gone' : ''}" aria-hidden="true">${face ?? initials(name)}</span>`

const noFace = html`<span class="face none"></span>`

/** The face of a story is over it, and need not stand beside each line. */
const faceOfLine = async (
  line: HistoryLine,
  faces: Faces,
  isStory: boolean
): Promise<Html | null> => {
  if (isStory) return null
  if (line.head.assetKind === null) return noFace
  return faceBox(await faces(line.posterId), lineSubject(line), line.presence === 'gone')
}

const lineOf = async (
  entry: ReportLine,
  faces: Faces,
  { isOpen, isStory }: ReportLook
): Promise<Html> => {
  const { line, parts } = entry
  const { head, accountName } = line
  const subject = lineSubject(line)
  const face = await faceOfLine(line, faces, isStory)
  const look = `${isStory ? ' story' : ''}${parts.length > 12 ? ' long' : ''}`
  // Rows are counted by how their line begins.
  return html`<li class="op ${line.outcome}${look}">${timeOf(head.at, clockTime(head.at))}${face}<div class="what"><i class="mark"></i><b><bdi>${subject}</bdi></b><span class="said">${lineText(line)}</span>${moreOf(line)}${partsOf(entry, isOpen)}</div><span class="who">${accountName === subject ? null : accountName}</span></li>
`
}

/** How each line of the page that stands for an operation begins. */
export const lineStart = '<li class="op '
/** How the page ends. */
export const pageEnd = '</html>'

export interface ReportLook {
  /** Whether the records of each operation are shown at once: on paper nobody can open them. */
  readonly isOpen: boolean
  /** Whether it is all about one thing. */
  readonly isStory: boolean
}

export interface ReportBody {
  readonly markup: readonly string[]
  readonly tally: Tally
  readonly isShortened: boolean
}

/** Days with their lines. `pieces`: the lines in pieces, between which others have their turn. */
export const reportBody = async (
  pieces: AsyncIterable<readonly ReportLine[]>,
  faces: Faces,
  mostLines: number,
  look: ReportLook,
  onProgress: (records: number) => void
): Promise<ReportBody> => {
  const tally = startTally()
  const markup: string[] = []
  let day: string | null = null
  const end = (isShortened: boolean): ReportBody => {
    if (day !== null) markup.push('</ol></section>\n')
    return { markup, tally, isShortened }
  }
  for await (const piece of pieces) {
    for (const entry of piece) {
      if (tally.lines >= mostLines) return end(true)
      const { at } = entry.line.head
      const itsDay = localDay(Date.parse(at))
      if (itsDay !== day) {
        if (day !== null) markup.push('</ol></section>\n')
        markup.push(html`<section><h2>${dateLong(at)}</h2><ol class="lines">\n`.markup)
        day = itsDay
      }
      count(tally, entry)
      markup.push((await lineOf(entry, faces, look)).markup)
    }
    onProgress(tally.records)
  }
  return end(false)
}

const fact = (name: string, value: Html | string | null): Html | null =>
  value === null ? null : html`<dt>${name}</dt><dd>${value}</dd>\n`

const filterText = ({ filter, personName, accountName }: ReportAbout): string =>
  filter === null || !isFiltered(filter)
    ? t('report.everything')
    : viewName(filter, { person: personName, account: accountName })

const tile = (tone: string, value: number, text: string): Html =>
  html`<div class="tile ${tone}"><b>${number(value)}</b>${text}</div>`

const tiles = ({ tones, lines }: Tally, isStory: boolean): Html =>
  html`<div class="tiles">${tile('quiet', lines, t(isStory ? 'report.records' : 'report.operations', { count: lines }))}${(
    ['good', 'warn', 'bad'] as const
  ).map((tone) => tile(tone, tones.get(tone) ?? 0, t(`history.filter.outcomes.${tone}`)))}</div>`

const zoneText = (at: string): string => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return `${timeZone.replaceAll('_', ' ')} (UTC${offsetText(Date.parse(at))})`
}

const facts = ({ about, head }: ExportContent, { firstAt, lastAt }: Tally): Html => {
  const period =
    firstAt === null || lastAt === null
      ? null
      : t('report.periodText', { from: exactTime(firstAt), until: exactTime(lastAt) })
  return html`<dl class="facts">
${fact(t('report.period'), period)}${fact(t('report.selection'), about.story === null ? filterText(about) : null)}${fact(
  t('report.times'),
  t('report.timesText', { zone: zoneText(about.madeAt) })
)}${fact(t('report.made'), `${exactTime(about.madeAt)} · ${utcText(about.madeAt)}`)}${fact(
  t('report.head'),
  head === null
    ? null
    : html`${t('report.headText', { seq: String(head.seq) })} <span class="mono">${head.hash}</span>`
)}</dl>`
}

const titleOf = ({ story }: ReportAbout): string =>
  story === null ? t('report.title') : t('history.story.label', { name: story.name })

/** A style is let through by its hash, and pictures that are in the page; there is nothing else to let through. */
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256')
  .update(reportStyle)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`

const leadOf = ({ story }: ReportAbout, { records, lines }: Tally): string => {
  if (lines === 0) return t('report.nothing')
  return story === null
    ? t('report.lead', { records, operations: lines })
    : t('report.leadStory', { records })
}

const sampleBand = ({ tally }: ReportBody, { sampleAccounts }: ReportAbout): Html | null => {
  const names = [...tally.accounts].filter((name) => sampleAccounts.has(name))
  return names.length === 0
    ? null
    : html`<p class="sample">${t('report.sample', { accounts: allOf(names) })}</p>`
}

/** Everything over the lines. */
export const reportHead = async (
  content: ExportContent,
  body: ReportBody,
  faces: Faces
): Promise<string> => {
  const { about } = content
  const { story, appVersion } = about
  const title = titleOf(about)
  const face = story === null ? null : faceBox(await faces(story.posterId), story.name, false)
  return html`${pageStart(title, policy, reportStyle)}<header>${appMark}<b>${t('app.name')}</b><div class="made dim">${t('report.version', { version: appVersion })}</div></header>
<div class="title">${face}<h1><bdi>${title}</bdi></h1></div>
<p class="lead">${leadOf(about, body.tally)}</p>
${sampleBand(body, about)}
${body.isShortened ? html`<p class="note">${t('report.shortened', { count: body.tally.lines })}</p>` : null}
${tiles(body.tally, story !== null)}
${facts(content, body.tally)}
`.markup
}

/** Everything under the lines. */
export const reportFoot = (): string =>
  html`<footer>
<p>${t('report.proof')}</p>
<p>${t('report.offline')}</p>
</footer>
</main>
</body>
${new Html(pageEnd)}
`.markup
