/**
 * What a bare Electron does when it is given a folder: it becomes the app in that folder.
 * This one is put into runtimes that come without such a default app.
 */
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, dialog } from 'electron'

const { folder, preloads } = readArguments(process.argv.slice(1))

Module._preloadModules(preloads)

if (folder === undefined) {
  console.error('Name the folder of an app: electron FOLDER [switches]')
  app.exit(1)
} else {
  await becomeApp(path.resolve(folder)).catch(reportFailure)
}

/** The first argument that is no switch is the app; `-r FILE` asks for a module before it. */
function readArguments(args) {
  const preloads = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]
    if (argument === '-r' || argument === '--require') {
      index += 1
      preloads.push(args[index])
    } else if (!argument.startsWith('-')) {
      return { folder: argument, preloads }
    }
  }
  return { folder: undefined, preloads }
}

async function becomeApp(place) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const manifestPath = path.join(place, 'package.json')
  if (existsSync(manifestPath)) takeIdentity(JSON.parse(readFileSync(manifestPath, 'utf8')))
  const main = Module._resolveFilename(place, null, true)
  app.setAppPath(existsSync(manifestPath) ? place : path.dirname(main))
  await import(pathToFileURL(main).href)
}

function takeIdentity(manifest) {
  if (manifest.version) app.setVersion(manifest.version)
  const name = manifest.productName ?? manifest.name
  if (name) app.name = name
  app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
}

function reportFailure(error) {
  console.error(error)
  app.whenReady().then(() => {
    dialog.showErrorBox('The app could not be started', error.stack ?? String(error))
    app.exit(1)
  })
}
