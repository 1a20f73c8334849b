import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledNotes } from '../lib/bundled-packages.mjs'
import { projectRoot, readJson } from '../lib/project.mjs'
import { StepFailure } from '../lib/step-failure.mjs'
import { unbundled } from './stage.mjs'

const textName = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i

/** The MIT license, for a package that names it and carries no text. */
const mitText = (author) => `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** The Apache license names nobody, so one package's text does for all; this one is always shipped. */
const apacheText = () =>
  readFileSync(join(projectRoot, 'node_modules', 'detect-libc', 'LICENSE'), 'utf8').trim()

/** Folders of all packages in the product: what the build bundled, and what lies beside it. */
export function shippedPackages(platform, arch) {
  const lists = bundledNotes().map(({ packages }) => packages)
  const beside = Object.keys(unbundled(platform, arch)).map((name) => `node_modules/${name}`)
  return [...new Set([...lists.flat(), ...beside])].sort()
}

/** A package's name, version, license and the texts of it. */
export function readLicence(folder) {
  const manifest = readJson(join(folder, 'package.json'))
  const { name, version, license } = manifest
  const texts = readdirSync(folder)
    .filter((file) => textName.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const author = manifest.author?.name ?? manifest.author ?? `the authors of ${name}`
  if (texts.length === 0 && license === 'MIT') texts.push(mitText(author))
  if (texts.length === 0 && license === 'Apache-2.0') texts.push(apacheText())
  if (texts.length > 0 && license) return { name, version, license, texts }
  throw new StepFailure(
    `${name} says nothing of its license`,
    'find out under which terms it may be passed on, or do without it.'
  )
}

const rule = '='.repeat(80)

/** The text of THIRD-PARTY-NOTICES.txt. */
export function noticesText(licences) {
  const parts = licences.map(({ name, version, license, texts }) =>
    [rule, `${name} ${version} (${license})`, rule, '', ...texts, ''].join('\n')
  )
  return [
    'Replica Desk contains the software below, under the terms given with each.',
    'Electron and Chromium come with their own: LICENSE.electron.txt and LICENSES.chromium.html.',
    '',
    ...parts
  ].join('\n')
}

export function makeNotices(platform, arch) {
  return noticesText(
    shippedPackages(platform, arch).map((folder) => readLicence(join(projectRoot, folder)))
  )
}
