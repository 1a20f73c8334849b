// The least an Electron app can be: what start-up and memory are held against.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 800 })
  window.loadFile(join(__dirname, 'index.html'))
})

app.on('window-all-closed', () => app.quit())
