import { targetKey } from '../../shared/catalogue/keys.ts'
import { KindIcon } from '../ui/kind-icon.tsx'
import '../ui/modal-styles.ts'
import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Asset } from '../../shared/domain/asset.ts'
import { isFoundIn } from '../../shared/folded.ts'
import { t } from '../../shared/messages/messages.ts'
import { StoreContext, useApp } from '../state/use-app.ts'
import { assetName, assetState } from '../text/asset-words.ts'
import { useFocusReturn } from '../ui/focus-return.ts'
import { KeyCaps } from '../ui/key-caps.tsx'
import { PersonText } from '../ui/person-text.tsx'
import classes from './command-palette.module.css'
import { type PaletteEntry, paletteEntries } from './palette-entries.ts'

interface Found {
  /** What was searched for. */
  readonly text: string
  readonly assets: readonly Asset[]
}

/** Assets that have the text, asked for anew with every change; a late answer to an old text is dropped. */
const useFound = (text: string): Found => {
  const findAssets = useApp((state) => state.findAssets)
  const [found, setFound] = useState<Found>({ text: '', assets: [] })
  useEffect(() => {
    let isCurrent = true
    if (text === '') setFound({ text, assets: [] })
    else void findAssets(text).then((assets) => isCurrent && setFound({ text, assets }))
    return () => {
      isCurrent = false
    }
  }, [text, findAssets])
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
    <KindIcon kind={asset.ref.kind} size={16} />
    <span className={classes['label']}>
      <PersonText text={assetName(asset)} />
    </span>
    {asset.presence === 'gone' && (
      <span className={classes['state']}>{assetState(asset, false).text}</span>
    )}
    <code className={classes['id']}>{asset.ref.id}</code>
  </>
)

export const CommandPalette = () => {
  useFocusReturn()
  const close = useApp((state) => state.closeOverlay)
  const showAsset = useApp((state) => state.showAsset)
  const search = useApp((state) => state.paletteText)
  const setSearch = useApp((state) => state.setPaletteText)
  const [marked, setMarked] = useState<string | null>(null)
  const [isRunDue, setIsRunDue] = useState(false)
  const text = search.trim()
  const { text: foundFor, assets: found } = useFound(text)
  const meant = useEntries().filter(({ label }) => isFoundIn(label, text))
  const choices: readonly Choice[] = [
    ...meant,
    ...found.map(({ ref }) => ({ id: targetKey(ref), run: () => showAsset(ref) }))
  ]
  // By its name: answers that come late must not put another one under the mark.
  const at = marked === null ? 0 : choices.findIndex(({ id }) => id === marked)
  const chosen = choices[at]
  /** Until the answer to what was typed is there, the first is not known yet. */
  const isOpen = marked === null && meant.length === 0 && foundFor !== text

  useEffect(() => {
    if (chosen === undefined) return
    document.getElementById(`palette-${chosen.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const run = (choice: Choice | undefined) => {
    if (choice === undefined) return
    close()
    choice.run()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: run once, when the answer is there
  useEffect(() => {
    if (!isRunDue || isOpen) return
    setIsRunDue(false)
    run(chosen)
  }, [isRunDue, isOpen])
  const mark = (next: number) =>
    setMarked(choices.at(next % Math.max(1, choices.length))?.id ?? null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      if (isOpen) setIsRunDue(true)
      else run(chosen)
    } else if (event.key === 'ArrowDown') mark(at + 1)
    else if (event.key === 'ArrowUp') mark(Math.max(at, 0) - 1)
    else return
    event.preventDefault()
  }

  return (
    <Modal.Root opened onClose={close} size={560} yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')} className={classes['content'] ?? ''}>
        <div className={classes['field']}>
          <IconSearch size={17} aria-hidden="true" />
          <input
            data-autofocus
            data-palette-field
            role="combobox"
            aria-label={t('palette.field')}
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={chosen === undefined ? undefined : `palette-${chosen.id}`}
            aria-autocomplete="list"
            className={classes['input']}
            placeholder={t('palette.field')}
            value={search}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setSearch(event.currentTarget.value)
              setMarked(null)
              setIsRunDue(false)
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          id="palette-list"
          role="listbox"
          tabIndex={-1}
          aria-label={t('palette.results')}
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
              {t('palette.found')}
            </div>
          )}
          {found.map((asset, index) => (
            <Option
              key={targetKey(asset.ref)}
              id={targetKey(asset.ref)}
              isMarked={meant.length + index === at}
              onRun={() => run(choices[meant.length + index])}
            >
              <AssetOption asset={asset} />
            </Option>
          ))}
        </div>
        <p role="status" className={classes['nothing']}>
          {choices.length === 0 && t('palette.nothing', { search: text })}
        </p>
      </Modal.Content>
    </Modal.Root>
  )
}
