import { kinds } from '../../shared/catalogue/kinds.ts'
import { providers } from '../../shared/catalogue/providers.ts'
import { commands, keyCaps } from '../../shared/commands.ts'
import type { MenuCommand } from '../../shared/ipc/events.ts'
import type { AppState } from '../state/app-state.ts'
import { linkFileEndings } from '../state/link-files.ts'
import { firstPlaceOf } from '../state/places.ts'
import { assetName } from '../text/asset-words.ts'
import { isWholeLikeness } from '../text/kind-words.ts'
import { modelWords } from '../text/model-words.ts'
import { words } from '../text/words.ts'
import { pickFiles } from '../ui/pick-files.ts'

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  readonly caps: readonly string[]
  readonly run: () => void
}

const plain = (id: string, label: string, run: () => void): PaletteEntry => ({
  id,
  label,
  caps: [],
  run
})

const menuEntries = (state: AppState, isMac: boolean): readonly PaletteEntry[] =>
  (Object.keys(commands) as MenuCommand[])
    .filter((command) => command !== 'command-palette')
    .map((command) => {
      const { label, keys } = commands[command]
      return {
        id: command,
        label,
        caps: keys === null ? [] : keyCaps(keys, isMac),
        run: () => state.runCommand(command)
      }
    })

const accountEntries = (state: AppState): readonly PaletteEntry[] =>
  state.accounts.flatMap(({ id, name, key, provider }) => [
    plain(`look-${id}`, words.palette.lookAt(name), () => {
      state.go(firstPlaceOf(provider))
      state.changeFilter({ accountId: id })
    }),
    plain(`refresh-${id}`, words.palette.refreshAccount(name), () => void state.refreshAccount(id)),
    ...(key.state === 'absent'
      ? []
      : [
          plain(`check-${id}`, words.palette.checkAccount(name), () => {
            state.go('accounts')
            void state.checkAccount(id)
          })
        ])
  ])

const otherEntries = (state: AppState): readonly PaletteEntry[] => {
  const { palette } = words
  const { updateSettings } = state
  const hasSample = state.accounts.some(({ isSample }) => isSample)
  return [
    plain('import', palette.importFiles, () => {
      void pickFiles(linkFileEndings).then(state.importFiles)
    }),
    ...(['system', 'light', 'dark'] as const)
      .filter((theme) => theme !== state.settings.theme)
      .map((theme) =>
        plain(`theme-${theme}`, palette.theme[theme], () => void updateSettings({ theme }))
      ),
    ...(['grid', 'list'] as const)
      .filter((view) => view !== state.settings.libraryView)
      .map((libraryView) =>
        plain(
          `view-${libraryView}`,
          palette.view[libraryView],
          () => void updateSettings({ libraryView })
        )
      ),
    plain('export-csv', palette.exportCsv, () => void state.exportHistory('csv')),
    plain('export-jsonl', palette.exportJsonl, () => void state.exportHistory('jsonl')),
    plain('check-chain', palette.checkChain, () => {
      state.go('history')
      void state.checkHistory()
    }),
    plain('deletions', palette.deletions, state.openDeletions),
    ...(state.accounts.some(({ provider }) => providers[provider].takesNames)
      ? [plain('add-model', modelWords.add, () => state.openAddModel(''))]
      : []),
    plain('diagnostics', palette.diagnostics, () => void state.saveDiagnostics()),
    plain('reveal', palette.reveal, () => void state.revealData()),
    ...(hasSample ? [] : [plain('sample', palette.sample, () => void state.exploreSample())])
  ]
}

/** What can be done with the asset whose details are open. */
const assetEntries = (state: AppState): readonly PaletteEntry[] => {
  const { detail } = state
  if (detail.kind !== 'ready' || detail.value.presence === 'gone') return []
  const asset = detail.value
  const name = assetName(asset)
  const { palette } = words
  return [
    plain('delete', palette.deleteNamed(name), () => void state.deleteSoftly(asset)),
    ...(kinds[asset.ref.kind].hasSoftDelete
      ? [
          plain(
            'delete-permanently',
            palette.deleteForGood(name),
            () => void state.openPermanent(asset)
          )
        ]
      : []),
    ...(isWholeLikeness(asset)
      ? [plain('erase', palette.eraseLikeness(name), () => void state.openLikeness(asset))]
      : []),
    plain(
      'pin',
      asset.isPinned ? palette.unpinNamed(name) : palette.pinNamed(name),
      () => void state.pin([asset.ref], !asset.isPinned)
    )
  ]
}

/** Everything that can be done from anywhere. */
export const paletteEntries = (state: AppState, isMac: boolean): readonly PaletteEntry[] => [
  ...menuEntries(state, isMac),
  ...assetEntries(state),
  ...otherEntries(state),
  ...accountEntries(state)
]
