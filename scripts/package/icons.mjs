import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { projectRoot } from '../lib/project.mjs'
import { distFolder } from './product.mjs'
import { packagingRequire } from './tools.mjs'

const linuxSizes = [16, 22, 24, 32, 48, 64, 128, 256, 512]
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256]
const macSize = 1024

/** Draws resources/icon.svg at a width, as PNG. */
const drawIcon = (svg, width) =>
  new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng()

/** Writes the icon in every size and format: dist/icons/linux/SIZExSIZE.png, icon.ico and icon.icns. */
export async function makeIcons() {
  const svg = readFileSync(join(projectRoot, 'resources', 'icon.svg'), 'utf8')
  const folder = join(distFolder, 'icons')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'linux'), { recursive: true })
  for (const size of linuxSizes) {
    writeFileSync(join(folder, 'linux', `${size}x${size}.png`), drawIcon(svg, size))
  }
  const pngToIco = packagingRequire('png-to-ico')
  const toIco = pngToIco.default ?? pngToIco
  writeFileSync(
    join(folder, 'icon.ico'),
    await toIco(windowsSizes.map((size) => drawIcon(svg, size)))
  )
  const { createICNS, BICUBIC } = packagingRequire('png2icons')
  writeFileSync(join(folder, 'icon.icns'), createICNS(drawIcon(svg, macSize), BICUBIC, 0))
  return folder
}
