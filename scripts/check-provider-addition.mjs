// Shows what a new provider takes, and a new field of a draft: adds a provider with a kind of its own and a field to a copy
// of the project, then builds the copy, runs its tests and lists the files that were touched.
//   node scripts/check-provider-addition.mjs
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { checkCopy } from './lib/project-copy.mjs'
import { StepFailure } from './lib/step-failure.mjs'

const provider = `  acme: {
    name: 'Acme',
    apiAddress: 'https://api.acme.example',
    key: { shape: null, foreign: /^(?:r8_|sk-)/ },
    pages: { keys: 'https://acme.example/keys', status: 'https://status.acme.example/' },
    keysPage: 'keys',
    aboutPage: 'status',
    trains: false,
    takesNames: false
  },
`

const kind = `  clone: {
    provider: 'acme',
    icon: 'face',
    place: 'clones',
    parent: null,
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: false,
    isDeletedSlowly: false,
    hasPublicPage: false,
    hasPageOfItsOwn: false
  },
`

const words = (languageWords) =>
  Object.entries(languageWords)
    .map(([part, text]) => `  "provider.acme.${part}": "${text}",\n`)
    .join('')

const english = words({
  about: 'About Acme',
  foreignKey: 'This doesn’t look like an Acme key.',
  keeps: 'Clones',
  key: 'API key',
  keyHint: 'Stored in your system keychain. It’s never shown again.',
  keysPage: 'Get your API key',
  whereIsKey: 'Where do I find my Acme key?'
})

const german = words({
  about: 'Über Acme',
  foreignKey: 'Das sieht nicht nach einem Acme-Schlüssel aus.',
  keeps: 'Klone',
  key: 'API-Schlüssel',
  keyHint: 'Kommt in den Schlüsselbund des Systems und wird nie wieder angezeigt.',
  keysPage: 'API-Schlüssel holen',
  whereIsKey: 'Wo finde ich meinen Acme-Schlüssel?'
})

const wordTypes = english.replace(/"(provider[^"]+)": .*/g, "'$1': null")

const folder = `import { createAbsentProvider } from '../absent-provider.ts'

/** Stands for a provider that somebody wrote. */
export const createAcmeProvider = () => createAbsentProvider('acme')
`

const field = `  keepsVoice: { type: 'yes-no', columns: ['keeps_voice'], refusal: /\\bkeeps[_ ]voice/i },
`

/** What is put before a line of a file that is there, and files that are new. */
const providerEdits = [
  { file: 'src/shared/catalogue/providers.ts', before: '  replicate: {\n', text: provider },
  { file: 'src/shared/catalogue/kinds.ts', before: '  conversation: {\n', text: kind },
  {
    file: 'src/shared/messages/en-US.json',
    before: '  "provider.replicate.about": ',
    text: english
  },
  { file: 'src/shared/messages/de.json', before: '  "provider.replicate.about": ', text: german },
  {
    file: 'src/shared/messages/message-values.ts',
    before: "  'provider.replicate.about': null",
    text: wordTypes
  },
  { file: 'src/main/providers/acme/acme-provider.ts', text: folder },
  {
    file: 'src/main/providers/registry.ts',
    before: 'import { createReplicateProvider }',
    text: "import { createAcmeProvider } from './acme/acme-provider.ts'\n"
  },
  {
    file: 'src/main/providers/registry.ts',
    before: '    replicate: createReplicateProvider(deps)',
    text: '    acme: createAcmeProvider(),\n'
  }
]

const fieldEdits = [
  {
    file: 'src/shared/catalogue/draft-fields.ts',
    before: '  hasGreenScreen: {\n',
    text: field
  },
  {
    file: 'src/shared/messages/en-US.json',
    before: '  "field.model": ',
    text: '  "field.keepsVoice": "Keep the voice",\n'
  },
  {
    file: 'src/shared/messages/de.json',
    before: '  "field.model": ',
    text: '  "field.keepsVoice": "Stimme behalten",\n'
  },
  {
    file: 'src/shared/messages/message-values.ts',
    before: "  'field.model': null",
    text: "  'field.keepsVoice': null\n"
  },
  {
    file: 'src/main/providers/tavus/tavus-mapping.ts',
    before: '  ...(request.hasGreenScreen ?',
    text: '  ...(request.keepsVoice ? { keeps_voice: true } : {}),\n'
  }
]

/** The scripts' own tests ask for a checkout that nobody changed. */
const notMeant = ['--exclude', 'scripts/**']

async function apply(root, { file, before, text }) {
  const target = path.join(root, file)
  if (before === undefined) {
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, text)
    return
  }
  const content = await readFile(target, 'utf8')
  const parts = content.split(before)
  if (parts.length !== 2) {
    throw new StepFailure(`${file} has not one place for the addition`, `look for ${before}`)
  }
  await writeFile(target, `${parts[0]}${text}${before}${parts[1]}`)
}

function tellFiles(what, edits) {
  const touched = [...new Set(edits.map(({ file }) => file))]
  process.stdout.write(`${what} touches ${touched.length} files:\n`)
  for (const file of touched) process.stdout.write(`  ${file}\n`)
}

async function check() {
  await checkCopy({
    title: 'Add a provider, a kind and a field',
    change: async (root) => {
      for (const edit of [...providerEdits, ...fieldEdits]) await apply(root, edit)
      return 'done'
    },
    advice: 'what is named there should follow from the catalogue.',
    testArguments: notMeant
  })
  tellFiles('A provider with a kind of its own', providerEdits)
  tellFiles('A field of a draft', fieldEdits)
  return 0
}

await runMain(check)
