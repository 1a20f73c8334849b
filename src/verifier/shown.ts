import type { Verdict } from './verdict.ts'

const longestFinding = 1000

/**
 * What could make a terminal or a window show something else than is there: control and format characters (escape
 * codes, line ends, changes of direction), blanks that are none, a second blank in a row (it would push the rest to the
 * next line), piled up marks. Joiners stay where a script or an emoji needs them.
 */
const unseen =
  /(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]|[\u200c\u200d](?![^\0-\x7f])|(?<![^\0-\x7f])[\u200c\u200d]|(?! )\p{Zs}|(?<= ) |[\u034f\u115f\u1160\u2800\u3164\uffa0]|(?<=\p{M}{4})\p{M}|\\(?=u\{)/gu

/** A text from anywhere, safe to print: what cannot be seen is written as its code point, such as `\u{1b}`. */
export const shown = (text: string) =>
  text.replace(unseen, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)

/** Safe to print, and so short that a narrow terminal does not begin a line of its own with it. The end of a name counts. */
export const shownShort = (text: string) => {
  const signs = [...shown(text)]
  return signs.length <= 48
    ? signs.join('')
    : `${signs.slice(0, 31).join('')}…${signs.slice(-16).join('')}`
}

export const cut = (text: string) => {
  const signs = [...text.slice(0, 240)]
  return signs.length > 60 ? `${signs.slice(0, 59).join('')}…` : signs.join('')
}

/** What a verdict says, whatever the file held. */
export const presentable = (verdict: Verdict): Verdict => ({
  ...verdict,
  fileName: shown(verdict.fileName).slice(0, 400),
  findings: verdict.findings.map(({ code, text }) => ({
    code,
    text: shown(text).slice(0, longestFinding)
  }))
})
