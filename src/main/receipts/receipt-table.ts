import { t } from '../../shared/messages/messages.ts'
import type { Receipt, ReceiptItem, ReceiptOutcome } from '../../verifier/receipt-shape.ts'
import { filled, type Html, html, slot } from '../rules/escape-html.ts'
import { dayOf, timeBeside } from './receipt-times.ts'
import { checkText, kindText, reasonText } from './receipt-words.ts'

type Tone = 'good' | 'warn' | 'bad' | 'quiet'

const toneOf = (outcome: ReceiptOutcome | null): Tone => {
  if (outcome === 'done' || outcome === 'already-gone') return 'good'
  if (outcome === 'refused') return 'bad'
  return outcome === 'canceled' ? 'quiet' : 'warn'
}

const outcomeOf = ({ answer }: ReceiptItem): ReceiptOutcome | null => answer?.outcome ?? null

/** How many ended how, the most frequent first. */
const countOutcomes = (
  items: readonly ReceiptItem[]
): readonly (readonly [ReceiptOutcome | null, number])[] => {
  const counts = new Map<ReceiptOutcome | null, number>()
  for (const item of items) counts.set(outcomeOf(item), (counts.get(outcomeOf(item)) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

export const outcomeTiles = (items: readonly ReceiptItem[]): Html =>
  html`<div class="tiles">${countOutcomes(items).map(
    ([outcome, count]) =>
      html`<div class="tile ${toneOf(outcome)}"><b>${count}</b>${t(`receipt.outcome.${outcome ?? 'none'}`)}<span class="dim">${t(`receipt.meaning.${outcome ?? 'none'}`)}</span></div>`
  )}</div>`

/** How soon somebody should look at it: what went wrong, what is not clear, what was not sent, the rest. */
const urgencyOf = (item: ReceiptItem): number => {
  const tone = toneOf(outcomeOf(item))
  if (tone === 'bad') return 0
  if (tone === 'warn' || item.checks.some(({ result }) => isDrift(result))) return 1
  return tone === 'quiet' ? 2 : outcomeOf(item) === 'done' ? 4 : 3
}

/** Where not all fit, nobody should have to search for what did not simply end well. */
const chosenRows = (items: readonly ReceiptItem[], mostRows: number): readonly ReceiptItem[] =>
  items.length <= mostRows
    ? items
    : [...items].sort((a, b) => urgencyOf(a) - urgencyOf(b)).slice(0, mostRows)

const isDrift = (result: ReceiptItem['checks'][number]['result']): boolean =>
  result === 'still-listed' || result === 'reachable'

interface Look {
  readonly links: readonly string[]
  readonly result: ReceiptItem['checks'][number]['result']
  readonly at: string
}

/** The newest look at each thing tells most; links of which the same is true share a line. What is amiss comes first. */
const latestLooks = ({ checks }: ReceiptItem): readonly Look[] => {
  const newest = [...new Map(checks.map((check) => [check.what, check])).values()]
  const looks = new Map<string, Look>()
  for (const { what, result, at } of newest) {
    const key = `${what === null} ${result}`
    const links = [...(looks.get(key)?.links ?? []), ...(what === null ? [] : [what])]
    looks.set(key, { links, result, at })
  }
  return [...looks.values()].sort((a, b) => Number(isDrift(b.result)) - Number(isDrift(a.result)))
}

const mostLooks = 3

const checksCell = (item: ReceiptItem, dayAt: string): Html => {
  const looks = latestLooks(item).slice(0, mostLooks)
  if (looks.length === 0) return html`<span class="dim">${t('receipt.notChecked')}</span>`
  return html`${looks.map(({ links, result, at }, index) => {
    const said = checkText(links, result, item.target.mode)
    const isSameTime = looks[index - 1]?.at.slice(0, 19) === at.slice(0, 19)
    const time = html` <span class="dim time">${timeBeside(at, dayAt)}</span>`
    return html`<div class="clamp two">${isDrift(result) ? html`<b>${said}</b>` : said}${isSameTime ? null : time}</div>`
  })}`
}

const hostOf = (origin: string | null): string =>
  origin === null ? t('receipt.place.unrecorded') : origin.replace(/^https:\/\//, '')

const hostLine = (host: string): Html =>
  html`<div class="dim">${filled(t('receipt.sentTo', { host: slot('host') }), { host: html`<bdi>${host}</bdi>` })}</div>`

/** `isMixed`: requests were sent to several addresses, so each line names its own. */
const timesCell = (item: ReceiptItem, dayAt: string, isMixed: boolean): Html => {
  const { sentAt, timesSent: count } = item
  const hosts = [...new Set(item.requests.map(({ origin }) => hostOf(origin)))]
  const sent =
    sentAt === null
      ? t('receipt.notSent')
      : t('receipt.sent', { count, time: timeBeside(sentAt, dayAt) })
  return html`${timeBeside(item.askedAt, dayAt)}<div class="dim">${sent}</div>${
    isMixed ? hosts.map(hostLine) : null
  }`
}

const isMixed = (items: readonly ReceiptItem[]): boolean =>
  new Set(items.flatMap(({ requests }) => requests.map(({ origin }) => origin))).size > 1

const answerCell = (item: ReceiptItem, dayAt: string): Html => {
  const { answer } = item
  const outcome = outcomeOf(item)
  const status = answer === null || answer.httpStatus === null ? '' : `HTTP ${answer.httpStatus}, `
  return html`<span class="state ${toneOf(outcome)}">${t(`receipt.outcome.${outcome ?? 'none'}`)}</span>${
    answer === null
      ? null
      : html`<div class="dim">${status}${timeBeside(answer.answeredAt, dayAt)}</div>`
  }`
}

const reasonRow = ({ answer }: ReceiptItem): Html | null => {
  const reason = answer === null || answer.outcome === 'canceled' ? null : reasonText(answer)
  if (reason === null) return null
  return html`<tr class="why"><td colspan="5"><div class="clamp two">${filled(t('receipt.reasonLine', { reason: slot('reason') }), { reason: html`<bdi>${reason}</bdi>` })}</div></td></tr>`
}

const row = (item: ReceiptItem, dayAt: string, hasSeveral: boolean): Html => html`<tbody><tr>
<td><div class="clamp"><b><bdi>${item.target.name.trim() || item.target.id}</bdi></b></div><div class="clamp dim">${kindText(item.target.kind)} <span class="mono">${item.target.id}</span></div></td>
<td>${t(`receipt.mode.${item.target.mode}`)}</td>
<td>${timesCell(item, dayAt, hasSeveral)}</td>
<td>${answerCell(item, dayAt)}</td>
<td>${checksCell(item, dayAt)}</td></tr>${reasonRow(item)}</tbody>`

/** What was asked and answered, item by item; what does not fit is counted. */
export const itemTable = ({ items, asked }: Receipt, mostRows: number): Html => {
  const rows = chosenRows(items, mostRows)
  const left = items.length - rows.length
  const times =
    items.length > 0
      ? t('receipt.table.timesOn', { day: dayOf(asked.askedAt) })
      : t('receipt.table.times')
  const heads = ['item', 'type', 'requested', 'response', 'checks'] as const
  return html`<h2>${t('receipt.table.title')} <span class="dim">${times}</span></h2>
<table><colgroup><col class="c1"><col class="c2"><col class="c3"><col class="c4"><col></colgroup>
<thead><tr>${heads.map((head) => html`<th>${t(`receipt.table.${head}`)}</th>`)}</tr></thead>
${rows.map((item) => row(item, asked.askedAt, isMixed(items)))}</table>${
    left > 0
      ? html`<p class="more">${t('receipt.table.rest', { shown: rows.length, total: items.length, left })}</p>`
      : null
  }`
}
