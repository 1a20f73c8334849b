import { html } from './escape-html.ts'

/** The app's mark, for pages that are printed or opened elsewhere. */
export const appMark = html`<svg viewBox="0 0 512 512"><rect x="24" y="24" width="464" height="464" rx="104" fill="#4a56e2"/><g fill="#fff"><circle cx="322" cy="206" r="70" opacity=".45"/><path d="M204 408c0-65 53-112 118-112s118 47 118 112z" opacity=".45"/><circle cx="206" cy="196" r="78"/><path d="M74 412c0-74 59-126 132-126s132 52 132 126z"/></g></svg>`
