import { createHash } from 'node:crypto'
import { currentLanguage, currentLocale, t } from '../../shared/messages/messages.ts'
import type { Receipt } from '../../verifier/receipt-shape.ts'
import { appMark } from '../rules/app-mark.ts'
import { filled, type Html, html, slot } from '../rules/escape-html.ts'
import { receiptStyle } from './receipt-style.ts'
import { itemTable, outcomeTiles } from './receipt-table.ts'
import { dayOf, timeOf } from './receipt-times.ts'
import {
  claimTexts,
  gapText,
  inSeries,
  placeText,
  providerText,
  sampleText,
  scopeText,
  survivorText,
  unknownText
} from './receipt-words.ts'

/** Most lines of a list; the rest is counted, so that two pages always do. */
const mostLines = 6
const mostPlaces = 4

/** The first lines of a list; `more` counts the others. */
const list = (items: readonly Html[], more: (count: number) => string): Html => {
  const left = items.length - mostLines
  return html`<ul>${items.slice(0, mostLines).map((item) => html`<li>${item}</li>`)}${
    left > 0 ? html`<li class="dim">${more(left)}</li>` : null
  }</ul>`
}

const andMore = (count: number): string => t('receipt.more', { count })

/** Over everything else, and on the second page too: no cut-out of the paper passes for a deletion. */
const sampleBand = (receipt: Receipt): Html | null => {
  const mark = sampleText(receipt)
  return mark === null ? null : html`<div class="sample">${mark}</div>`
}

const lead = ({ items, accounts, asked }: Receipt): Html => {
  const targets = items.map(({ target: { accountId, kind, id } }) => `${accountId} ${kind} ${id}`)
  const names = new Set(accounts.map(({ provider }) => providerText(provider)))
  const told = t('receipt.lead', {
    mode: asked.mode,
    count: new Set(targets).size,
    day: dayOf(asked.askedAt),
    providers: names.size === 0 ? providerText(null) : inSeries([...names])
  })
  return html`<p class="lead">${told}</p>`
}

const fact = (name: string, value: Html | string): Html =>
  html`<div><span class="dim">${name}</span><span>${value}</span></div>`

const accountLines = ({ accounts }: Receipt): Html => {
  const shown = accounts.slice(0, 3).map(({ name, provider, isSample }) => {
    const line = filled(t('receipt.account', { name: slot('name'), provider: slot('provider') }), {
      name: html`<bdi><b>${name}</b></bdi>`,
      provider: providerText(provider)
    })
    return html`<div class="clamp">${line}${isSample ? html` <b>${t('receipt.sampleAccount')}</b>` : null}</div>`
  })
  const left = accounts.length - shown.length
  return html`${shown}${left > 0 ? html`<div class="dim">${andMore(left)}</div>` : null}`
}

/** Every address that requests were sent to, by the records alone. */
const placeLines = ({ items, accounts }: Receipt): Html => {
  const providers = new Map(accounts.map(({ id, provider }) => [id, provider]))
  const places = items.flatMap(({ requests, target }) =>
    requests.map(({ origin, provider }) =>
      placeText(origin, provider ?? providers.get(target.accountId) ?? null)
    )
  )
  const distinct = [...new Set(places)]
  if (distinct.length === 0) return html`${t('receipt.nothingSent')}`
  const left = distinct.length - mostPlaces
  return html`${distinct.slice(0, mostPlaces).map((place) => html`<div class="clamp two"><bdi>${place}</bdi></div>`)}${
    left > 0 ? html`<div class="dim">${andMore(left)}</div>` : null
  }`
}

const trigger = ({ asked: { runAt } }: Receipt): string =>
  runAt === null ? t('receipt.manual') : t('receipt.scheduled', { time: timeOf(runAt) })

const facts = (receipt: Receipt): Html => {
  const { asked } = receipt
  const plan = asked.title.trim()
  return html`<div class="facts">
${fact(t('receipt.fact.account'), accountLines(receipt))}
${fact(t('receipt.fact.requested'), timeOf(asked.askedAt))}
${fact(t('receipt.fact.plan'), html`${scopeText(asked.scope)}${plan === '' ? null : html`<div class="clamp"><bdi><b>${plan}</b></bdi></div>`}`)}
${fact(t('receipt.fact.trigger'), trigger(receipt))}
${fact(t('receipt.fact.type'), t(`receipt.type.${asked.mode}`))}
${fact(t('receipt.fact.sentTo'), placeLines(receipt))}
${fact(t('receipt.fact.made'), timeOf(receipt.madeAt))}
</div>`
}

const section = (title: string, lines: readonly string[], nothing: string): Html =>
  html`<section><h2>${title}</h2>${
    lines.length === 0
      ? html`<p class="dim">${nothing}</p>`
      : list(
          lines.map((line) => html`<span class="clamp two"><bdi>${line}</bdi></span>`),
          andMore
        )
  }</section>`

const survivors = ({ survives }: Receipt): Html =>
  section(t('receipt.remains'), survives.map(survivorText), t('receipt.remainsNothing'))

const unknowns = ({ unknown }: Receipt): Html =>
  section(
    t('receipt.unknowable'),
    unknown.map(({ code }) => unknownText(code)),
    t('receipt.unknowableNothing')
  )

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

const sizeText = (bytes: number): string => {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1
  }).format(bytes / 1000 ** power)
}

const gapLine = (gaps: NonNullable<Receipt['archive']>['gaps']): Html | null => {
  const [gap] = gaps
  if (gap === undefined) return null
  const slots = { name: slot('name'), reason: gapText(gap.reason) }
  const line =
    gaps.length === 1
      ? t('receipt.gapOne', slots)
      : t('receipt.gapSeveral', { ...slots, count: slot('count') })
  return html`<p class="more">${filled(line, { name: html`<bdi>${gap.name.slice(0, 60)}</bdi>`, count: gaps.length })}</p>`
}

const archive = ({ archive: saved }: Receipt): Html | null => {
  if (saved === null) return null
  const { files, folderName, savedAt, gaps } = saved
  const lines = files.map(
    ({ name, sizeBytes, sha256 }) =>
      html`<span class="clamp"><span class="mono">${sha256.slice(0, 8)}…${sha256.slice(-8)}</span> <bdi>${name}</bdi> <span class="dim">${sizeText(sizeBytes)}</span></span>`
  )
  const where = t('receipt.archiveIn', { folder: slot('folder'), time: timeOf(savedAt) })
  const folder = html`<bdi>${folderName.slice(0, 60)}</bdi>`
  return html`<div class="whole"><h2>${t('receipt.archive')} <span class="dim">${filled(where, { folder })}</span></h2>
${list(lines, (count) => t('receipt.moreFiles', { count }))}${gapLine(gaps)}</div>`
}

const historyLine = ({ chain, records }: Receipt): Html => {
  const seqOf = (record: Receipt['records'][number] | undefined) => String(record?.seq ?? '–')
  const line = t('receipt.proofHistoryText', {
    count: records.length,
    first: seqOf(records[0]),
    last: seqOf(records.at(-1)),
    head: String(chain.headSeq),
    hash: slot('hash')
  })
  const { headHash } = chain
  const hash = html`<span class="mono">${headHash.slice(0, 12)}…${headHash.slice(-12)}</span>`
  return filled(line, { hash })
}

const verifyLine = ({ id }: Receipt): Html =>
  filled(
    t('receipt.proofVerifyText', {
      id: slot('id'),
      command: slot('command'),
      line: slot('line')
    }),
    {
      id: html`<span class="mono">${id}</span>`,
      command: html`<b>${t('receipts.verify')}</b>`,
      line: html`<code class="mono">node verify-receipt.mjs FILE</code>`
    }
  )

const proof = (receipt: Receipt): Html => {
  const { installation, signature } = receipt
  return html`<section class="proof"><h2>${t('receipt.proof')}</h2>
<div class="print mono">${installation.fingerprint}</div>
<dl><dt>${t('receipt.proofFingerprint')}</dt><dd>${t('receipt.proofFingerprintText')}</dd>
<dt>${t('receipt.proofSignature')}</dt><dd class="mono">Ed25519 ${signature.value.slice(0, 24)}…</dd>
<dt>${t('receipt.proofHistory')}</dt><dd>${historyLine(receipt)}</dd>
<dt>${t('receipt.proofVerify')}</dt><dd>${verifyLine(receipt)}</dd></dl></section>`
}

/** The signed sentences in the person's language; where that is another one, the page says which ones count. */
const claimList = (receipt: Receipt): Html => {
  const texts = claimTexts(receipt)
  const isAsSigned = texts.every((text, index) => text === receipt.claims[index])
  return html`<div class="claims"><b>${t('receipt.claims')}</b><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>${
    isAsSigned ? null : html`<p>${t('receipt.claimsSigned')}</p>`
  }</div>`
}

/** A style is let through by its hash; there is nothing else to let through. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(receiptStyle).digest('base64')}'`

/** What a receipt is called over its page and at its foot. */
export const receiptTitle = ({ id }: Receipt): string => t('receipt.titled', { id })

/** The receipt as a page to print: at most `mostRows` deletions, everything escaped, no script, nothing to load. */
export const receiptHtml = (receipt: Receipt, mostRows: number): string =>
  html`<!doctype html><html lang="${currentLanguage()}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${receiptTitle(receipt)}</title><style>`
    .markup +
  receiptStyle +
  html`</style></head><body>
<header>${appMark}<b>${t('app.name')}</b><div class="id"><span class="mono">${receipt.id}</span><br><span class="dim">${t('receipt.version', { version: receipt.appVersion })}</span></div></header>
${sampleBand(receipt)}
<h1>${t(receipt.sample === 'all' ? 'receipt.titleSample' : 'receipt.title')}</h1>
${lead(receipt)}
${facts(receipt)}
${outcomeTiles(receipt.items)}
${itemTable(receipt, mostRows)}
<div class="pair">${survivors(receipt)}${unknowns(receipt)}</div>
${archive(receipt)}
${sampleBand(receipt)}
${proof(receipt)}
${claimList(receipt)}
</body></html>`.markup
