/** Opened years later in any browser, light or dark, and printed on A4 or Letter: no script, no font of its own. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #17181b; --dim: #5b5d66; --line: #dedee3; --strong: #85858f; --page: #f5f5f6; --card: #fff; --soft: #ededf0;
  --good: #17703f; --warn: #865400; --bad: #b92634; --busy: #4053dc; --sample: #b92634; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ecedf0; --dim: #a2a5af; --line: #3d4048; --strong: #858892; --page: #141518; --card: #24262b; --soft: #33363d;
    --good: #56c98f; --warn: #e2ab4c; --bad: #ff8189; --busy: #8593ff; --sample: #ff8189; }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body { font: 14.5px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif; color: var(--ink); background: var(--page); }
main { max-width: 980px; margin: 0 auto; padding: 28px 20px 64px; }
bdi, dd, .said { overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
header { display: flex; align-items: center; gap: 10px; padding-bottom: 12px; border-bottom: 1px solid var(--strong); }
header svg { width: 28px; height: 28px; flex: none; }
header .made { margin-inline-start: auto; text-align: end; font-size: 13px; }
.title { display: flex; align-items: center; gap: 18px; margin: 26px 0 6px; }
.title .face { width: 84px; height: 84px; font-size: 28px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
.lead { font-size: 16px; max-width: 68ch; }
.sample { margin-top: 16px; padding: 8px 12px; border: 2px solid var(--sample); border-radius: 8px; color: var(--sample); font-weight: 700; }
.note { margin-top: 14px; padding: 10px 14px; border-inline-start: 3px solid var(--warn); background: var(--card); border-radius: 6px; }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 20px; }
.tile { flex: 1 1 120px; padding: 10px 14px; border: 1px solid var(--line); border-inline-start: 4px solid var(--strong); border-radius: 8px; background: var(--card); }
.tile b { display: block; font-size: 24px; line-height: 1.15; font-weight: 650; }
.tile.good { border-inline-start-color: var(--good); } .tile.warn { border-inline-start-color: var(--warn); } .tile.bad { border-inline-start-color: var(--bad); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 18px; margin-top: 20px; padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); font-size: 13.5px; }
.facts dt { color: var(--dim); }
h2 { position: sticky; top: 0; z-index: 1; margin-top: 26px; padding: 8px 0; font-size: 15px; background: var(--page); }
.lines { list-style: none; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.op { display: grid; grid-template-columns: 74px 38px minmax(0, 1fr) max-content; gap: 2px 12px; padding: 10px 16px; border-top: 1px solid var(--line); }
.op.story { grid-template-columns: 74px minmax(0, 1fr) max-content; }
.op:first-child { border-top: 0; }
.op > time, .op .who { padding-top: 5px; color: var(--dim); font-size: 13px; white-space: nowrap; }
.op .who { max-width: 190px; overflow: hidden; text-overflow: ellipsis; }
.face { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 50%; overflow: hidden; background: var(--soft); color: var(--dim); font-size: 13px; font-weight: 600; }
.face svg { display: block; width: 100%; height: 100%; }
.face.gone { outline: 1.5px dashed var(--strong); outline-offset: 1.5px; }
.face.gone svg { filter: grayscale(1); opacity: .6; }
.face.none { background: none; }
.what { padding-top: 5px; min-width: 0; }
.what b { font-weight: 650; margin-inline-end: 6px; }
.mark { display: inline-block; width: 9px; height: 9px; margin-inline-end: 6px; border-radius: 50%; background: var(--strong); }
.good > .what > .mark, .good > .mark { background: var(--good); }
.warn > .what > .mark, .warn > .mark { background: var(--warn); border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.bad > .what > .mark, .bad > .mark { background: var(--bad); border-radius: 2px; }
.busy > .what > .mark, .busy > .mark { background: none; border: 2px solid var(--busy); }
.bad > .what > .said { color: var(--bad); } .warn > .what > .said { color: var(--warn); }
.more { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 12.5px; color: var(--dim); }
.more .online { color: var(--warn); font-weight: 600; }
details { margin-top: 4px; font-size: 13px; }
summary { width: max-content; cursor: pointer; color: var(--dim); }
.parts { list-style: none; margin-top: 6px; border-inline-start: 2px solid var(--line); padding-inline-start: 12px; }
.parts li { display: grid; grid-template-columns: 15px max-content minmax(0, 1fr); gap: 2px 8px; padding: 3px 0; align-items: baseline; }
.about { font-weight: 600; }
.parts time { color: var(--dim); font-size: 12.5px; }
footer { margin-top: 32px; padding-top: 14px; border-top: 1px solid var(--line); font-size: 13px; color: var(--dim); max-width: 76ch; }
footer p + p { margin-top: 6px; }
@media (max-width: 640px) {
  .op { grid-template-columns: 38px minmax(0, 1fr); }
  .op.story { grid-template-columns: minmax(0, 1fr); }
  .op > time { grid-column: 1 / -1; }
  .op .who { grid-column: -2; max-width: none; }
  .parts li { grid-template-columns: 15px minmax(0, 1fr); }
  .parts li > time { grid-column: 2; }
}
@media print {
  :root { color-scheme: light; --ink: #17181b; --dim: #55575f; --line: #dedee3; --strong: #85858f; --page: #fff; --card: #fff; --soft: #ededf0;
    --good: #17703f; --warn: #865400; --bad: #b92634; --busy: #4053dc; --sample: #b92634; }
  html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { font-size: 9pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  h2 { position: static; margin-top: 14pt; padding: 3pt 0; font-size: 10pt; break-after: avoid; }
  .lead { font-size: 10.5pt; }
  .lines { border: 0; border-top: .75pt solid var(--strong); border-radius: 0; }
  .op { grid-template-columns: 52pt 24pt minmax(0, 1fr) max-content; gap: 1pt 8pt; padding: 4.5pt 0; break-inside: avoid; }
  .op.story { grid-template-columns: 52pt minmax(0, 1fr) max-content; }
  .op.long { break-inside: auto; }
  .op > time, .op .who, .what { padding-top: 3pt; }
  .op > time, .op .who { font-size: 8pt; }
  .face { width: 22pt; height: 22pt; font-size: 8pt; }
  .title .face { width: 60pt; height: 60pt; font-size: 20pt; }
  .tile { padding: 5pt 8pt; } .tile b { font-size: 15pt; }
  .facts, .more, details, .parts time, footer { font-size: 8pt; }
  .facts { padding: 7pt 9pt; break-inside: avoid; }
  .parts li { grid-template-columns: 12pt max-content minmax(0, 1fr); padding: 1.5pt 0; break-inside: avoid; }
  summary { list-style: none; }
  footer { break-inside: avoid; }
}
`
