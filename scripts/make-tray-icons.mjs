import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { projectRoot } from './lib/project.mjs'

// Draws resources/tray.svg in one color for each kind of panel. macOS colors a template itself.

const resources = join(projectRoot, 'resources')
const svg = readFileSync(join(resources, 'tray.svg'), 'utf8')

const icons = [
  { name: 'tray-light.png', color: '#2b2d33', width: 32 },
  { name: 'tray-dark.png', color: '#ffffff', width: 32 },
  { name: 'trayTemplate.png', color: '#000000', width: 18 },
  { name: 'trayTemplate@2x.png', color: '#000000', width: 36 }
]

for (const { name, color, width } of icons) {
  const drawn = new Resvg(svg.replaceAll('currentColor', color), {
    fitTo: { mode: 'width', value: width }
  })
  writeFileSync(join(resources, name), drawn.render().asPng())
}
