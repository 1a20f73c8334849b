/** Print style of a receipt. Fits A4 and Letter: widths are shares of the page, and nothing hangs on its height. */
export const receiptStyle = `
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font: 9.2pt/1.42 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif;
  color: #17181b; -webkit-print-color-adjust: exact; }
bdi, .clamp { overflow-wrap: anywhere; }
.mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .88em; }
.dim { color: #5b5d66; }
.clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; }
.two { -webkit-line-clamp: 2; }
header { display: flex; align-items: center; gap: 8pt; padding-bottom: 9pt; border-bottom: .75pt solid #17181b; }
header svg { width: 22pt; height: 22pt; flex: none; }
header b { font-size: 11pt; }
header .id { margin-left: auto; text-align: right; line-height: 1.35; font-size: 8pt; }
.sample { margin-top: 12pt; padding: 7pt 10pt; border: 2pt solid #b92634; border-radius: 5pt; color: #b92634; font-size: 11.5pt; font-weight: 700; break-inside: avoid; }
h1 { font-size: 21pt; line-height: 1.15; letter-spacing: -.3pt; margin: 15pt 0 5pt; }
.lead { font-size: 10.4pt; line-height: 1.45; max-width: 52em; }
h2 { font-size: 9.6pt; margin: 14pt 0 4pt; break-after: avoid; }
h2 .dim { font-weight: 400; font-size: 8pt; padding-left: 3pt; }
.facts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 18pt; margin-top: 11pt; }
.facts > div { display: grid; grid-template-columns: 70pt minmax(0, 1fr); padding: 3.5pt 0; border-top: .5pt solid #dedee3; }
.tiles { display: flex; gap: 7pt; margin-top: 11pt; }
.tile { flex: 1; padding: 6pt 8pt; border-radius: 5pt; background: #f5f5f6; border-left: 2.5pt solid #85858f; }
.tile b { display: block; font-size: 15pt; line-height: 1.15; }
.tile .dim { font-size: 7.4pt; line-height: 1.3; display: block; }
.good { border-left-color: #17703f; } .warn { border-left-color: #b97600; } .bad { border-left-color: #b92634; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8.2pt; line-height: 1.34; }
th { text-align: left; font-weight: 600; font-size: 7.4pt; color: #5b5d66; padding: 2pt 6pt 3pt 0; border-bottom: .75pt solid #85858f; }
.c1 { width: 27%; } .c2 { width: 10%; } .c3 { width: 17%; } .c4 { width: 21%; }
.time { white-space: nowrap; }
td { vertical-align: top; padding: 3.6pt 6pt 3.6pt 0; }
tbody { break-inside: avoid; border-bottom: .5pt solid #dedee3; }
.why td { padding-top: 0; }
thead { display: table-header-group; }
td:last-child, th:last-child { padding-right: 0; }
.state { font-weight: 600; white-space: nowrap; }
.state::before { content: ""; display: inline-block; width: 5pt; height: 5pt; border-radius: 50%; margin-right: 4pt; background: #85858f; }
.state.good::before { background: #17703f; } .state.warn::before { background: #b97600; } .state.bad::before { background: #b92634; }
.more { font-size: 8.2pt; padding-top: 4pt; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 20pt; }
.pair section, .whole { break-inside: avoid; }
ul { list-style: none; }
li { padding: 2.6pt 0; border-top: .5pt solid #dedee3; font-size: 8.4pt; line-height: 1.36; }
.proof { margin-top: 14pt; padding: 9pt 11pt 10pt; border: .75pt solid #17181b; border-radius: 6pt; break-inside: avoid; }
.proof h2 { margin-top: 0; }
.print { font-size: 12.5pt; letter-spacing: .4pt; font-weight: 600; margin: 1pt 0 6pt; }
.proof dl { display: grid; grid-template-columns: 62pt minmax(0, 1fr); gap: 2pt 8pt; font-size: 8.2pt; }
.proof dt { color: #5b5d66; }
.proof code { font-size: 8pt; background: #f5f5f6; padding: 1pt 3pt; border-radius: 2pt; }
.claims { margin-top: 9pt; font-size: 7.4pt; line-height: 1.4; color: #44464d; break-inside: avoid; }
.claims li { border: 0; padding: 0 0 1.2pt 8pt; font-size: inherit; position: relative; }
.claims li::before { content: "–"; position: absolute; left: 0; }
`
