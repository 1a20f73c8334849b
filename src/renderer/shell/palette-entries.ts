import { kinds } from '../../shared/catalogue/kinds.ts'
import { providers } from '../../shared/catalogue/providers.ts'
import { commandLabel } from '../../shared/command-labels.ts'
import { commands, keyCaps } from '../../shared/commands.ts'
import type { MenuCommand } from '../../shared/ipc/events.ts'
import { t } from '../../shared/messages/messages.ts'
import type { AppState } from '../state/app-state.ts'
import { linkFileEndings } from '../state/link-files.ts'
import { firstPlaceOf } from '../state/places.ts'
import { assetName } from '../text/asset-words.ts'
import { isWholeLikeness } from '../text/kind-words.ts'
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
      const keys = commands[command]
      return {
        id: command,
        label: commandLabel(command),
        caps: keys === null ? [] : keyCaps(keys, isMac),
        run: () => state.runCommand(command)
      }
    })

const accountEntries = (state: AppState): readonly PaletteEntry[] =>
  state.accounts.flatMap(({ id, name, key, provider }) => [
    plain(`look-${id}`, t('palette.lookAt', { name }), () => {
      state.go(firstPlaceOf(provider))
      state.changeFilter({ accountId: id })
    }),
    plain(
      `refresh-${id}`,
      t('palette.refreshAccount', { name }),
      () => void state.refreshAccount(id)
    ),
    ...(key.state === 'absent'
      ? []
      : [
          plain(`check-${id}`, t('palette.checkAccount', { name }), () => {
            state.go('accounts')
            void state.checkAccount(id)
          })
        ])
  ])

const otherEntries = (state: AppState): readonly PaletteEntry[] => {
  const { updateSettings } = state
  const hasSample = state.accounts.some(({ isSample }) => isSample)
  return [
    plain('import', t('palette.importFiles'), () => {
      void pickFiles(linkFileEndings).then(state.importFiles)
    }),
    ...(['system', 'light', 'dark'] as const)
      .filter((theme) => theme !== state.settings.theme)
      .map((theme) =>
        plain(`theme-${theme}`, t(`palette.theme.${theme}`), () => void updateSettings({ theme }))
      ),
    ...(['grid', 'list'] as const)
      .filter((view) => view !== state.settings.libraryView)
      .map((libraryView) =>
        plain(
          `view-${libraryView}`,
          t(`palette.view.${libraryView}`),
          () => void updateSettings({ libraryView })
        )
      ),
    plain('export-history', t('palette.exportHistory'), () => state.openExport()),
    plain('check-chain', t('palette.checkChain'), () => {
      state.go('history')
      void state.checkHistory()
    }),
    plain('deletions', t('palette.deletions'), state.openDeletions),
    plain('receipts', t('palette.receipts'), () => {
      state.openDeletions()
      void state.loadPastBatches()
    }),
    ...state.settings.historyViews.map((view) =>
      plain(`view-${view.id}`, t('palette.historyView', { name: view.name }), () =>
        state.showView(view)
      )
    ),
    ...(state.accounts.some(({ provider }) => providers[provider].takesNames)
      ? [plain('add-model', t('models.add'), () => state.openAddModel(''))]
      : []),
    plain('diagnostics', t('palette.diagnostics'), () => void state.saveDiagnostics()),
    plain('reveal', t('palette.reveal'), () => void state.revealData()),
    ...(hasSample ? [] : [plain('sample', t('palette.sample'), () => void state.exploreSample())])
  ]
}

/** What can be done with the asset whose details are open. */
const assetEntries = (state: AppState): readonly PaletteEntry[] => {
  const { detail } = state
  if (detail.kind !== 'ready' || detail.value.presence === 'gone') return []
  const asset = detail.value
  const name = assetName(asset)
  return [
    plain('delete', t('palette.deleteNamed', { name }), () => void state.deleteSoftly(asset)),
    ...(kinds[asset.ref.kind].hasSoftDelete
      ? [
          plain(
            'delete-permanently',
            t('palette.deleteForGood', { name }),
            () => void state.openPermanent(asset)
          )
        ]
      : []),
    ...(isWholeLikeness(asset)
      ? [plain('erase', t('palette.eraseLikeness', { name }), () => void state.openLikeness(asset))]
      : []),
    plain(
      'pin',
      asset.isPinned ? t('palette.unpinNamed', { name }) : t('palette.pinNamed', { name }),
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
