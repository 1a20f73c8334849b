/**
 * Which room may import which. A room is a folder or a file, and the longest name that fits a file is its room. A file
 * of src in no room is refused, so that a new room is entered here first. Tests and `test`, which stands in for what tests
 * need, may import anything; no room may import `test`.
 *
 * `rooms`: what it may import besides itself and src/shared, which every room may.
 * `packages`: the npm packages it may import; `node`: whether it may use Node.
 */
const rooms = {
  // Runs in every process, so it can use neither Node nor the DOM.
  'src/shared': { packages: ['zod'] },
  // The sentences of every process, in every language.
  'src/shared/messages': { packages: ['@formatjs', 'intl-messageformat'] },
  // A sandboxed preload holds no schema library.
  'src/preload': { packages: ['electron'] },
  // Handed to strangers as one file, so it needs Node alone and nothing of the app.
  'src/verifier': { node: true },
  // Stands in for a provider, so it must not know the app.
  'src/sandbox': { packages: ['zod', 'electron'], node: true },

  // What main can do is asked for through the bridge; ui and text are given what they show; features never meet.
  'src/renderer/main.tsx': {
    rooms: ['bridge', 'shell', 'state', 'text', 'ui'].map((name) => `src/renderer/${name}`),
    packages: ['react', 'react-dom', 'get-nonce']
  },
  'src/renderer/bridge': {},
  'src/renderer/text': {},
  'src/renderer/ui': {
    rooms: ['src/renderer/text'],
    packages: ['react', 'react-dom', '@mantine', '@tabler', '@tanstack']
  },
  'src/renderer/state': { packages: ['react', 'zustand'] },
  ...Object.fromEntries(
    [
      'accounts',
      'creation',
      'deletion',
      'first-run',
      'history',
      'inbox',
      'library',
      'models',
      'people',
      'settings'
    ].map((feature) => [
      `src/renderer/features/${feature}`,
      {
        rooms: ['src/renderer/state', 'src/renderer/text', 'src/renderer/ui'],
        packages: ['react', 'zustand', '@mantine', '@tabler', '@tanstack']
      }
    ])
  ),
  'src/renderer/shell': {
    rooms: ['features', 'state', 'text', 'ui'].map((name) => `src/renderer/${name}`),
    packages: ['react', '@mantine', '@tabler']
  },

  // Ports are interfaces, rules are pure functions, links judge text.
  'src/main/ports': { rooms: ['src/verifier/receipt-shape.ts'] },
  'src/main/rules': {},
  'src/main/links': {
    packages: ['zod', 'csv-parse', 'ipaddr.js', 'bplist-parser', 'tlds'],
    node: true
  },

  // Adapters are handed to use cases by the core.
  'src/main/usecases': {
    rooms: ['src/main/links', 'src/main/ports', 'src/main/rules'],
    packages: ['p-limit'],
    node: true
  },
  'src/main/updates': {
    rooms: ['files', 'ports', 'rules'].map((name) => `src/main/${name}`),
    packages: ['zod'],
    node: true
  },
  'src/main/watcher': { rooms: ['src/main/ports'] },

  // One adapter never knows another.
  'src/main/files': { node: true },
  'src/main/archive': {
    rooms: [
      ...['files', 'ports', 'rules'].map((name) => `src/main/${name}`),
      // Its page tells what happened in the words of the screen.
      'src/renderer/text'
    ],
    node: true
  },
  'src/main/buckets': {
    rooms: ['src/main/ports'],
    packages: ['@aws-sdk', 'http-proxy-agent', 'https-proxy-agent', 'socks-proxy-agent'],
    node: true
  },
  'src/main/backup': {
    rooms: ['src/main/files', 'src/main/ports'],
    packages: ['yauzl', 'yazl', 'zod'],
    node: true
  },
  // A report says what the window says, in the same words.
  'src/main/export': {
    rooms: [
      'src/main/files',
      'src/main/ports',
      'src/main/rules',
      'src/renderer/text',
      'src/verifier'
    ],
    packages: ['csv-parse', 'csv-stringify'],
    node: true
  },
  'src/main/http': { rooms: ['src/main/ports', 'src/main/rules'] },
  'src/main/media': {
    rooms: ['files', 'links', 'ports', 'rules'].map((name) => `src/main/${name}`),
    packages: ['p-limit'],
    node: true
  },
  'src/main/preflight': {
    rooms: ['links', 'ports', 'rules'].map((name) => `src/main/${name}`),
    packages: ['mediabunny', 'p-limit'],
    node: true
  },
  'src/main/notify': { rooms: ['src/main/ports'], packages: ['electron'], node: true },
  'src/main/providers': {
    rooms: ['src/main/ports', 'src/main/rules'],
    packages: ['zod']
  },
  ...Object.fromEntries(
    ['replicate', 'tavus'].map((provider) => [
      `src/main/providers/${provider}`,
      {
        rooms: ['src/main/ports', 'src/main/rules', 'src/main/providers/account-call.ts'],
        packages: ['zod'],
        node: true
      }
    ])
  ),
  'src/main/providers/account-call.ts': {
    rooms: ['src/main/ports', 'src/main/rules'],
    packages: ['zod']
  },
  'src/main/receipts': {
    rooms: ['src/main/files', 'src/main/ports', 'src/main/rules', 'src/verifier'],
    packages: ['zod'],
    node: true
  },
  'src/main/receipts/print-pdf.ts': {
    rooms: ['src/main/receipts', 'src/main/security'],
    packages: ['electron'],
    node: true
  },
  'src/main/sample': {
    rooms: ['src/main/ports', 'src/main/environment.ts', 'src/sandbox'],
    packages: ['electron'],
    node: true
  },
  'src/main/secrets': { rooms: ['src/main/ports'], node: true },
  'src/main/secrets/keychain-process.ts': {
    rooms: ['src/main/secrets'],
    packages: ['keytar'],
    node: true
  },
  'src/main/security': { packages: ['electron'], node: true },
  'src/main/storage': {
    rooms: ['src/main/files', 'src/main/ports', 'src/verifier'],
    packages: ['libsql', 'electron-store', 'zod'],
    node: true
  },

  // What puts the rest together.
  'src/main/ipc': {
    rooms: ['ports', 'rules', 'security', 'usecases'].map((name) => `src/main/${name}`),
    packages: ['zod', 'electron']
  },
  'src/main/core': { rooms: ['src/main'], packages: ['electron'], node: true },
  'src/main/environment.ts': { rooms: ['src/main/rules'], packages: ['electron'], node: true },
  'src/main/window.ts': {
    rooms: ['environment.ts', 'ports', 'rules', 'security'].map((name) => `src/main/${name}`),
    packages: ['electron'],
    node: true
  },
  'src/main/*.ts': { rooms: ['src/main'], packages: ['electron', 'electron-log'], node: true },

  // Beside the product.
  'resources/verify-receipt.mjs': { node: true },
  scripts: {
    packages: [
      'vite',
      '@dicebear',
      '@formatjs',
      'typescript',
      '@electron',
      '@hey-api',
      '@playwright',
      '@resvg',
      'electron',
      'h264-mp4-encoder',
      'yauzl'
    ],
    node: true
  },
  bench: {
    rooms: ['scripts', 'src/sandbox'],
    packages: ['@aws-sdk', 'electron', 'keytar', 'tsx'],
    node: true
  },
  e2e: {
    rooms: [
      'test',
      'scripts/package/feeds.mjs',
      'src/sandbox',
      'src/main/storage',
      'src/main/ports',
      'src/main/clock.ts'
    ],
    packages: ['@axe-core', '@playwright', 'electron', 'libsql'],
    node: true
  }
}

/** A regular expression for a room: a folder and what is in it, a file, or the files right in a folder (`*`). */
const within = (room) =>
  `^${room.replaceAll('.', '\\.').replace('*', '[^/]+')}${room.includes('.') ? '$' : '/'}`

const roomNames = Object.keys(rooms)

/** A room's files without those of the rooms in it. */
const filesOf = (room) => ({
  path: within(room),
  pathNot: roomNames.filter((other) => other.startsWith(`${room}/`)).map(within)
})

const asError = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

function arrowsOf([room, { rooms: others = [], packages = [], node = false }]) {
  const from = filesOf(room)
  const open = ['src/shared', room, ...others]
  const listed = (names) => names.join(', ') || 'nothing'
  const rules = [
    asError(`${room}: rooms`, `It may import ${listed(open)}.`, from, {
      path: '^(?:src|test|resources|scripts|bench|e2e)/',
      pathNot: open.map(within)
    }),
    asError(`${room}: packages`, `It may import ${listed(packages)}.`, from, {
      path: 'node_modules/',
      pathNot: packages.map((name) => `node_modules/${name}/`)
    })
  ]
  const noNode = asError(`${room}: Node`, 'It may not use Node.', from, {
    dependencyTypes: ['core']
  })
  return node ? rules : [...rules, noNode]
}

export default {
  forbidden: [
    ...Object.entries(rooms).flatMap(arrowsOf),
    asError(
      'a room that is not known',
      'Enter the room in dependency-cruiser.config.mjs first.',
      { path: '^src/', pathNot: roomNames.map(within) },
      {}
    ),
    asError(
      'a file alone in a room that is not known',
      'Enter the room in dependency-cruiser.config.mjs first.',
      { orphan: true, path: '^src/', pathNot: roomNames.map(within) },
      {}
    ),
    asError(
      'an import of a room that is not known',
      'Enter the room in dependency-cruiser.config.mjs first.',
      {},
      { path: '^src/', pathNot: roomNames.map(within) }
    ),
    asError(
      'src/verifier: rooms',
      'It may import nothing of the app but what is known of providers.',
      { path: within('src/verifier') },
      { path: within('src/shared'), pathNot: within('src/shared/catalogue') }
    ),
    asError(
      'src/preload: schemas',
      'A sandboxed preload holds no schema library: of the rest of shared it may take types.',
      { path: within('src/preload') },
      {
        path: within('src/shared'),
        pathNot: '^src/shared/ipc/(?:channels|is-plain-message)\\.ts$',
        dependencyTypesNot: ['type-only']
      }
    ),
    asError(
      'src/renderer: schemas',
      'The window holds no schema library: of what is described by schemas it takes types.',
      { path: within('src/renderer') },
      {
        path: '^src/shared/(?:domain/|ipc/|errors\\.ts)',
        pathNot: '^src/shared/domain/(?:any-asset|caution-codes|default-settings)\\.ts$',
        dependencyTypesNot: ['type-only']
      }
    ),
    asError(
      'a circle',
      'Files that load each other cannot be read alone. Types may.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    ),
    asError(
      'src/main/usecases/outbox: a circle',
      'Its calls run one way, and so do its types.',
      { path: within('src/main/usecases/outbox') },
      { circular: true, viaOnly: { path: within('src/main/usecases/outbox') } }
    ),
    asError(
      'an import of nothing',
      'The file or package is not there. The one exception comes with Electron and is loaded where it is.',
      {},
      { couldNotResolve: true, pathNot: '^@electron/get$' }
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.|\\?|^node_modules/.*/package\\.json$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types']
    }
  }
}
