import { createHash } from 'node:crypto'
import { eventSubject, eventText } from '../../renderer/text/history-words.ts'
import type { ArchivedFile } from '../../shared/domain/archive.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { currentLocale, t } from '../../shared/messages/messages.ts'
import type { PersonPageFacts } from '../ports/person-folder.ts'
import { type Html, html } from '../rules/escape-html.ts'
import { pageStart } from '../rules/html-page.ts'

type PageItem = PersonPageFacts['items'][number]

/** Opened from a folder, years later, in any browser: no script, nothing from elsewhere, no font of its own. */
const style = `
:root { color-scheme: light dark; --ink: #17181b; --dim: #5b5d66; --line: #dedee3; --page: #fafafb; --card: #fff; --link: #3b4fc4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf0; --dim: #a3a5b0; --line: #35363d; --page: #17181b; --card: #1f2025; --link: #aab6ff; }
}
* { box-sizing: border-box; margin: 0; }
body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: var(--ink); background: var(--page); }
main { max-width: 1000px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 28px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 36px 0 12px; }
h3 { font-size: 16px; overflow-wrap: anywhere; }
p, dd, td, blockquote { overflow-wrap: anywhere; }
a { color: var(--link); }
.dim { color: var(--dim); }
.lead { margin-top: 8px; max-width: 70ch; }
.item, .note { border: 1px solid var(--line); border-radius: 12px; background: var(--card); padding: 18px; margin-bottom: 14px; }
.item { display: grid; grid-template-columns: minmax(0, 320px) minmax(0, 1fr); gap: 18px; }
.media { display: grid; gap: 10px; align-content: start; }
.media img, .media video { display: block; width: 100%; max-height: 320px; object-fit: contain; border-radius: 8px; background: #000; }
dl { display: grid; grid-template-columns: minmax(90px, 150px) minmax(0, 1fr); gap: 4px 14px; margin-top: 10px; }
dt { color: var(--dim); }
ul { padding-inline-start: 20px; margin-top: 10px; }
blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 12px; margin-top: 10px; white-space: pre-wrap; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { text-align: start; vertical-align: top; padding: 7px 12px; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
.time { white-space: nowrap; }
code { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
@media (max-width: 720px) { .item { grid-template-columns: minmax(0, 1fr); } }
`

/** Pictures and films come from the folder alone; everything else is refused. */
const policy = `default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'sha256-${createHash(
  'sha256'
)
  .update(style)
  .digest('base64')}'; base-uri 'none'; form-action 'none'`

const addressOf = (name: string): string => name.split('/').map(encodeURIComponent).join('/')

const bytesText = (bytes: number): string =>
  new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1
  }).format(bytes / (bytes < 1_000_000 ? 1_000 : 1_000_000))

/** "2026-11-30 14:05 UTC": the same wherever it is opened. */
const timeText = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`

const fact = (name: string, value: string | null): Html | null =>
  value === null || value === ''
    ? null
    : html`<dt>${name}</dt>
<dd><bdi>${value}</bdi></dd>
`

const isPicture = ({ name }: ArchivedFile): boolean => /\.(?:png|jpg|webp|gif)$/.test(name)
const isFilm = ({ name }: ArchivedFile): boolean => /\.(?:mp4|webm)$/.test(name)

const isSound = ({ name }: ArchivedFile): boolean => /\.(?:wav|mp3|ogg)$/.test(name)

const mediaOf = (files: readonly ArchivedFile[], name: string): Html => {
  const pictures = files.filter(isPicture)
  const films = files.filter(isFilm)
  const shown = films.map(
    (film) =>
      html`<video controls preload="metadata" src="${addressOf(film.name)}" aria-label="${name}"></video>
`
  )
  return html`<div class="media">
${pictures.map((picture) => html`<img src="${addressOf(picture.name)}" alt="${name}">\n`)}${shown}${files
  .filter(isSound)
  .map(
    (sound) =>
      html`<audio controls preload="metadata" src="${addressOf(sound.name)}" aria-label="${name}"></audio>\n`
  )}</div>`
}

const fileList = ({ files, gaps }: PageItem['saved']): Html => html`<ul>
${files.map(
  (
    file
  ) => html`<li><a href="${addressOf(file.name)}">${file.name.split('/').at(-1) ?? ''}</a> <span class="dim">${bytesText(file.sizeBytes)}</span></li>
`
)}${gaps.map(({ reason, name }) => html`<li class="dim">${t(`plan.gap.${reason}`, { name: name.split('/').at(-1) ?? '' })}</li>\n`)}</ul>`

const factsOfNote = ({ text, tags }: PageItem['note']): readonly (Html | null)[] => [
  fact(t('notes.label'), text),
  fact(t('notes.tags'), tags.join(', '))
]

const itemOf = ({ asset, accountName, providerName, saved, note }: PageItem): Html => {
  const name = asset.name.trim() === '' ? asset.ref.id : asset.name
  return html`<article class="item">
${mediaOf(saved.files, name)}
<div>
<h3><bdi>${name}</bdi></h3>
<p class="dim">${t('kinds.heading', { kind: asset.ref.kind, count: 1 })}</p>
<dl>
${[
  fact(t('savedPage.account'), `${accountName} (${providerName})`),
  fact('ID', asset.ref.id),
  fact(t('savedPage.status'), asset.statusRaw),
  fact(t('savedPage.created'), asset.createdAt === null ? null : timeText(asset.createdAt)),
  fact(t('savedPage.madeWith'), asset.parentName),
  ...factsOfNote(note),
  ...asset.details.map((detail) => fact(detail.name, detail.value))
]}</dl>
${fileList(saved)}
</div>
</article>
`
}

const notesOf = ({
  person: { consent },
  notes
}: PersonPageFacts): Html => html`<h2>${t('consent.title')}</h2>
${
  consent === null
    ? null
    : html`<div class="note"><dl>
${fact(t('people.form.agreedOn'), consent.agreedOn)}${fact(t('people.form.untilOn'), consent.untilOn)}${fact(t('people.form.note'), consent.note)}</dl></div>
`
}${notes.map(
  (note) => html`<div class="note">
<h3><bdi>${note.spokenName}</bdi></h3>
<dl>
${fact(t('people.form.agreedOn'), note.givenOn)}${fact(t('people.form.untilOn'), note.untilOn)}${fact(t('consent.scope'), note.scope)}${fact(t('consent.clip'), note.clip?.fileName ?? null)}${fact('SHA-256', note.clip?.sha256 ?? null)}</dl>
<blockquote dir="auto">${note.statement}</blockquote>
</div>
`
)}${consent === null && notes.length === 0 ? html`<p class="dim">${t('consent.none')}</p>\n` : null}`

const detailsOf = ({ body }: HistoryEvent): string =>
  Object.entries(body)
    .flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`]))
    .join('; ')

/** In the list it follows on what it is about; here it stands alone. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const historyOf = ({ history }: PersonPageFacts): Html => html`<h2>${t('savedPage.history')}</h2>
<p class="dim lead">${t('savedPage.historyText')} <a href="history.json">history.json</a></p>
${
  history.length === 0
    ? null
    : html`<div class="scroll" tabindex="0" role="region" aria-label="${t('savedPage.history')}"><table>
<thead><tr><th scope="col">${t('savedPage.time')}</th><th scope="col">${t('savedPage.record')}</th><th scope="col">${t('savedPage.about')}</th><th scope="col">${t('savedPage.details')}</th></tr></thead>
<tbody>
${history.map(
  (
    event
  ) => html`<tr><td class="time">${timeText(event.at)}</td><td>${sentence(eventText(event))}</td><td><bdi>${eventSubject(event)}</bdi></td><td>${detailsOf(event)}</td></tr>
`
)}</tbody>
</table></div>
`
}`

/** The index of a folder with everything of a person, in the language of whoever saves it. */
export const personPage = (facts: PersonPageFacts): string => {
  const { person, savedAt, items } = facts
  const title = t('savedPage.title', { name: person.name })
  return html`${pageStart(title, policy, style)}<h1><bdi>${title}</bdi></h1>
<p class="dim lead">${t('savedPage.lead', { time: timeText(savedAt) })}</p>
<dl>
${factsOfNote(person.note)}</dl>
<h2>${t('savedPage.items', { count: items.length })}</h2>
${items.map(itemOf)}${items.length === 0 ? html`<p class="dim">${t('people.noAssets')}</p>\n` : null}${notesOf(facts)}
${historyOf(facts)}
<h2>${t('savedPage.check')}</h2>
<p class="lead">${t('savedPage.checkText')}</p>
<p class="lead"><code>sha256sum -c SHA256SUMS</code></p>
<p class="lead">${t('savedPage.receiptText')}</p>
</main>
</body>
</html>
`.markup
}
