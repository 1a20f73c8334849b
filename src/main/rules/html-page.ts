import { currentLanguage } from '../../shared/messages/messages.ts'
import { Html, html } from './escape-html.ts'

/**
 * A page that stands for itself, up to what it shows: in the language that is spoken, with nothing from elsewhere but what
 * `policy` names (a Content-Security-Policy), which the style has to be part of.
 */
export const pageStart = (
  title: string,
  policy: string,
  style: string
): Html => html`<!doctype html>
<html lang="${currentLanguage()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
`
