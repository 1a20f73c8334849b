import { createHash } from 'node:crypto'
import { placeText, providerText, sampleMark } from '../../verifier/claims.ts'
import type { Receipt } from '../../verifier/receipt-shape.ts'
import { type Html, html } from './escape-html.ts'
import { receiptStyle } from './receipt-style.ts'
import { itemTable, outcomeTiles } from './receipt-table.ts'
import { dayOf, timeOf } from './receipt-times.ts'
import { gapText, scopeText } from './receipt-words.ts'

/** Most lines of a list; the rest is counted, so that two pages always do. */
const mostLines = 6
const mostPlaces = 4

const mark = html`<svg viewBox="0 0 512 512"><rect x="24" y="24" width="464" height="464" rx="104" fill="#4a56e2"/><g fill="#fff"><circle cx="322" cy="206" r="70" opacity=".45"/><path d="M204 408c0-65 53-112 118-112s118 47 118 112z" opacity=".45"/><circle cx="206" cy="196" r="78"/><path d="M74 412c0-74 59-126 132-126s132 52 132 126z"/></g></svg>`

const list = (items: readonly Html[], more: string): Html => {
  const left = items.length - mostLines
  return html`<ul>${items.slice(0, mostLines).map((item) => html`<li>${item}</li>`)}${
    left > 0 ? html`<li class="dim">and ${left} more${more}</li>` : null
  }</ul>`
}

const inWords = (names: readonly string[]): string => {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

const providersOf = ({ accounts }: Receipt): string =>
  inWords([...new Set(accounts.map(({ provider }) => providerText(provider)))]) || 'the provider'

const howMany = ({ items, asked }: Receipt): string => {
  const count = new Set(
    items.map(({ target: { accountId, kind, id } }) => `${accountId} ${kind} ${id}`)
  ).size
  const things = count === 1 ? 'one thing' : `${count} things`
  switch (asked.mode) {
    case 'permanent':
      return `to delete ${things} permanently`
    case 'soft':
      return `to delete ${things}`
    case 'mixed':
      return `to delete ${things}, some of them permanently`
  }
}

/** Over everything else, and on the second page too: no cut-out of the paper passes for a deletion. */
const sampleBand = (receipt: Receipt): Html | null => {
  const mark = sampleMark(receipt)
  return mark === null ? null : html`<div class="sample">${mark}</div>`
}

const lead = (receipt: Receipt): Html =>
  html`<p class="lead">On ${dayOf(receipt.asked.askedAt)} Replica Desk was told to ask ${providersOf(receipt)} ${howMany(receipt)}. This page lists each request, the answer that came back, and what later looks showed.</p>`

const fact = (name: string, value: Html | string): Html =>
  html`<div><span class="dim">${name}</span><span>${value}</span></div>`

const accountLines = ({ accounts }: Receipt): Html => {
  const shown = accounts
    .slice(0, 3)
    .map(
      ({ name, provider, isSample }) =>
        html`<div class="clamp"><bdi><b>${name}</b></bdi> at ${providerText(provider)}${isSample ? html` <b>(sample data)</b>` : null}</div>`
    )
  const left = accounts.length - shown.length
  return html`${shown}${left > 0 ? html`<div class="dim">and ${left} more</div>` : null}`
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
  if (distinct.length === 0) return html`Nothing was sent`
  const left = distinct.length - mostPlaces
  return html`${distinct.slice(0, mostPlaces).map((place) => html`<div class="clamp two"><bdi>${place}</bdi></div>`)}${
    left > 0 ? html`<div class="dim">and ${left} more in the JSON form</div>` : null
  }`
}

const askedAs = ({ asked }: Receipt): string => {
  switch (asked.mode) {
    case 'permanent':
      return 'Permanent: cannot be undone'
    case 'soft':
      return 'Soft: the plain delete, not permanent'
    case 'mixed':
      return 'Some permanent, some soft; see each'
  }
}

const facts = (receipt: Receipt): Html => {
  const { asked } = receipt
  const plan = asked.title.trim()
  return html`<div class="facts">
${fact('Account', accountLines(receipt))}
${fact('Asked', timeOf(asked.askedAt))}
${fact('Plan', html`${scopeText(asked.scope)}${plan === '' ? null : html`<div class="clamp"><bdi><b>${plan}</b></bdi></div>`}`)}
${fact('How', asked.runAt === null ? 'By hand' : `Scheduled for ${timeOf(asked.runAt)}`)}
${fact('Asked as', askedAs(receipt))}
${fact('Sent to', placeLines(receipt))}
${fact('Receipt made', timeOf(receipt.madeAt))}
</div>`
}

const survivors = ({ survives }: Receipt): Html =>
  html`<section><h2>What stays</h2>${
    survives.length === 0
      ? html`<p class="dim">Nothing is known to stay.</p>`
      : list(
          survives.map(({ text }) => html`<span class="clamp two"><bdi>${text}</bdi></span>`),
          ' in the JSON form'
        )
  }</section>`

const unknowns = ({ unknown }: Receipt): Html =>
  html`<section><h2>What cannot be known</h2>${
    unknown.length === 0
      ? html`<p class="dim">Nothing beyond the claims below.</p>`
      : list(
          unknown.map(({ text }) => html`<span class="clamp two">${text}</span>`),
          ' in the JSON form'
        )
  }</section>`

const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), 4)
  return `${(bytes / 1000 ** power).toFixed(1)} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`
}

const archive = ({ archive: saved }: Receipt): Html | null => {
  if (saved === null) return null
  const lines = saved.files.map(
    ({ name, sizeBytes, sha256 }) =>
      html`<span class="clamp"><span class="mono">${sha256.slice(0, 8)}…${sha256.slice(-8)}</span> <bdi>${name}</bdi> <span class="dim">${sizeText(sizeBytes)}</span></span>`
  )
  const [gap] = saved.gaps
  return html`<div class="whole"><h2>Saved before <span class="dim">in folder <bdi>${saved.folderName.slice(0, 60)}</bdi>, ${timeOf(saved.savedAt)}; SHA-256 in full in the JSON form</span></h2>
${list(lines, ' files in the JSON form')}${
  gap === undefined
    ? null
    : html`<p class="more">Not saved: ${saved.gaps.length === 1 ? '' : `${saved.gaps.length} things, such as `}<bdi>${gap.name.slice(0, 60)}</bdi> (${gapText(gap.reason)}).</p>`
}</div>`
}

const proof = ({ installation, chain, records, signature, id }: Receipt): Html => {
  const first = records[0]?.seq
  const last = records.at(-1)?.seq
  return html`<section class="proof"><h2>Proof</h2>
<div class="print mono">${installation.fingerprint}</div>
<dl><dt>Fingerprint</dt><dd>of the key that signed. Compare it with the one that the installation’s owner tells you.</dd>
<dt>Signature</dt><dd class="mono">Ed25519 ${signature.value.slice(0, 24)}…</dd>
<dt>History</dt><dd>${records.length} records, from ${first ?? '–'} to ${last ?? '–'}, each with its hash, in the JSON form. When this was made the history ended with record ${chain.headSeq}, <span class="mono">${chain.headHash.slice(0, 12)}…${chain.headHash.slice(-12)}</span></dd>
<dt>To verify</dt><dd>Paper proves nothing; the JSON form of receipt <span class="mono">${id}</span> does. In Replica Desk choose <b>Verify a receipt…</b>, or anywhere with Node: <code class="mono">node verify-receipt.mjs FILE</code></dd></dl></section>`
}

const claimList = ({ claims }: Receipt): Html =>
  html`<div class="claims"><b>What this receipt claims</b><ul>${claims.map((claim) => html`<li>${claim}</li>`)}</ul></div>`

/** A style is let through by its hash; there is nothing else to let through. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(receiptStyle).digest('base64')}'`

/** The receipt as a page to print: at most `mostRows` deletions, everything escaped, no script, nothing to load. */
export const receiptHtml = (receipt: Receipt, mostRows: number): string =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Receipt of deletion ${receipt.id}</title><style>`
    .markup +
  receiptStyle +
  html`</style></head><body>
<header>${mark}<b>Replica Desk</b><div class="id"><span class="mono">${receipt.id}</span><br><span class="dim">version ${receipt.appVersion}</span></div></header>
${sampleBand(receipt)}
<h1>${receipt.sample === 'all' ? 'Sample receipt' : 'Receipt of deletion'}</h1>
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
