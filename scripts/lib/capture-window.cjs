/**
 * Loaded ahead of the app where nobody sees its screen (`electron -r`): keeps a picture of the window once it stands
 * still, or has had its time, and says where.
 */
const { mkdtempSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: wait } = require('node:timers/promises')
const { app } = require('electron')

const pollMs = 500
const mostPolls = 60

app.once('browser-window-created', (_event, window) => {
  window.once('show', () => {
    capture(window).catch((error) => console.error('The window could not be captured:', error))
  })
})

async function capture(window) {
  let last
  for (let poll = 0; poll < mostPolls; poll += 1) {
    await wait(pollMs)
    if (window.isDestroyed()) return
    const next = (await window.webContents.capturePage()).toPNG()
    if (last?.equals(next)) break
    last = next
  }
  const file = join(mkdtempSync(join(tmpdir(), 'replica-desk-screenshot-')), 'window.png')
  writeFileSync(file, last)
  console.log(`          Screenshot of the window: ${file}`)
  console.log('          The app runs until it is closed; Ctrl-C ends it.')
}
