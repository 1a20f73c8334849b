/** How many pages a PDF of Chromium has: it writes their objects in plain text. */
export const countPages = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
