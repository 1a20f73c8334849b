import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listeningLog } from './records.ts'

/** Saves within a limit on the size of files, beyond it, and within it again, and prints what came of it. */
// As in the app: without it Node 24 is ended by such a write.
process.on('SIGXFSZ', () => undefined)
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= 'none'
const { openSettings } = await import('../../../src/main/storage/settings-file.ts')

const [folder = ''] = process.argv.slice(2)
const settings = openSettings({ folder, log: listeningLog() })
await settings.update({ theme: 'dark' })
const stored = readFileSync(join(folder, 'settings.json'), 'utf8')
const place = { x: 0, y: 0, width: 800, height: 600, isMaximized: false }
await settings.saveWindowState('d'.repeat(4000), place)
const health = settings.health()
const kept = readFileSync(join(folder, 'settings.json'), 'utf8')
const after = await settings.update({ theme: 'light' })
process.stdout.write(JSON.stringify({ stored, kept, health, after }))
