import '../ui/modal-styles.ts'
import { Modal } from '@mantine/core'
import { IconMoodSmile, IconMovie, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Asset } from '../../shared/domain/asset.ts'
import { assetKey } from '../state/asset-key.ts'
import { StoreContext, useApp } from '../state/use-app.ts'
import { assetName } from '../text/asset-words.ts'
import { words } from '../text/words.ts'
import { useFocusReturn } from '../ui/focus-return.ts'
import { KeyCaps } from '../ui/key-caps.tsx'
import { PersonText } from '../ui/person-text.tsx'
import classes from './command-palette.module.css'
import { isMeant, type PaletteEntry, paletteEntries } from './palette-entries.ts'

/** Assets that have the text, asked for anew with every change; a late answer to an old text is dropped. */
const useFound = (search: string): readonly Asset[] => {
  const findAssets = useApp((state) => state.findAssets)
  const [found, setFound] = useState<readonly Asset[]>([])
  useEffect(() => {
    let isCurrent = true
    if (search === '') setFound([])
    else void findAssets(search).then((assets) => isCurrent && setFound(assets))
    return () => {
      isCurrent = false
    }
  }, [search, findAssets])
  return found
}

/** What can be done, as it is when the palette opens: nothing in the list may move under the hand. */
const useEntries = (): readonly PaletteEntry[] => {
  const store = useContext(StoreContext)
  return useMemo(() => {
    if (store === null) return []
    const state = store.getState()
    const isMac = state.boot.kind === 'ready' && state.boot.value.platform === 'mac'
    return paletteEntries(state, isMac)
  }, [store])
}

interface Choice {
  readonly id: string
  readonly run: () => void
}

interface OptionProps {
  readonly id: string
  readonly isMarked: boolean
  readonly onRun: () => void
  readonly children: ReactNode
}

const Option = ({ id, isMarked, onRun, children }: OptionProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and hears the keys, as in every combobox.
  <div
    id={`palette-${id}`}
    role="option"
    tabIndex={-1}
    aria-selected={isMarked}
    className={classes['option']}
    onClick={onRun}
  >
    {children}
  </div>
)

const AssetOption = ({ asset }: { readonly asset: Asset }) => (
  <>
    {asset.ref.kind === 'video' ? (
      <IconMovie size={16} aria-hidden="true" />
    ) : (
      <IconMoodSmile size={16} aria-hidden="true" />
    )}
    <span className={classes['label']}>
      <PersonText text={assetName(asset)} />
    </span>
    <code className={classes['id']}>{asset.ref.id}</code>
  </>
)

export const CommandPalette = () => {
  useFocusReturn()
  const close = useApp((state) => state.closeOverlay)
  const showAsset = useApp((state) => state.showAsset)
  const [search, setSearch] = useState('')
  const [marked, setMarked] = useState(0)
  const text = search.trim()
  const found = useFound(text)
  const meant = useEntries().filter(({ label }) => isMeant(label, text))
  const choices: readonly Choice[] = [
    ...meant,
    ...found.map(({ ref }) => ({ id: assetKey(ref), run: () => showAsset(ref) }))
  ]
  const at = Math.min(marked, Math.max(0, choices.length - 1))
  const chosen = choices[at]

  useEffect(() => {
    if (chosen === undefined) return
    document.getElementById(`palette-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const run = (choice: Choice | undefined) => {
    if (choice === undefined) return
    close()
    choice.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') run(chosen)
    else if (event.key === 'ArrowDown') setMarked((at + 1) % Math.max(1, choices.length))
    else if (event.key === 'ArrowUp') setMarked((at - 1 + choices.length) % choices.length || 0)
    else return
    event.preventDefault()
  }

  return (
    <Modal.Root opened onClose={close} size={560} yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={words.palette.title} className={classes['content'] ?? ''}>
        <div className={classes['field']}>
          <IconSearch size={17} aria-hidden="true" />
          <input
            data-autofocus
            role="combobox"
            aria-label={words.palette.field}
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.id}`}
            aria-autocomplete="list"
            className={classes['input']}
            placeholder={words.palette.field}
            value={search}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setSearch(event.currentTarget.value)
              setMarked(0)
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          id="palette-list"
          role="listbox"
          tabIndex={-1}
          aria-label={words.palette.results}
          className={classes['list']}
        >
          {meant.map((entry, index) => (
            <Option key={entry.id} id={entry.id} isMarked={index === at} onRun={() => run(entry)}>
              <span className={classes['label']} dir="auto">
                {entry.label}
              </span>
              <KeyCaps caps={entry.caps} />
            </Option>
          ))}
          {found.length > 0 && (
            <div className={classes['heading']} aria-hidden="true">
              {words.palette.found}
            </div>
          )}
          {found.map((asset, index) => (
            <Option
              key={assetKey(asset.ref)}
              id={assetKey(asset.ref)}
              isMarked={meant.length + index === at}
              onRun={() => run(choices[meant.length + index])}
            >
              <AssetOption asset={asset} />
            </Option>
          ))}
        </div>
        <p role="status" className={classes['nothing']}>
          {choices.length === 0 && words.palette.nothing(text)}
        </p>
      </Modal.Content>
    </Modal.Root>
  )
}
