// Loaded into the started app before its own code: notes the boxes of the system that it shows, and answers them.
// BOX_ANSWER is the button that is pressed; BREAK_START lets the start of the app meet an error.
const { app, dialog, nativeTheme } = require('electron')
const { appendFileSync } = require('node:fs')

dialog.showMessageBox = async (...args) => {
  const { message, detail, buttons } = args.at(-1)
  const told = { message, detail, buttons, isLocked: app.hasSingleInstanceLock() }
  appendFileSync(process.env.BOX_FILE, `${JSON.stringify(told)}\n`)
  return { response: Number(process.env.BOX_ANSWER), checkboxChecked: false }
}
if (process.env.BREAK_START === 'yes') {
  Object.defineProperty(nativeTheme, 'themeSource', {
    set: () => {
      throw new Error('A part of the app is broken')
    }
  })
}
