import type { MenuCommand } from './ipc/events.ts'

/** How a command is called and reached; the palette, the sheet of keys and the application menu read this alone. */
export interface CommandWords {
  readonly label: string
  /** In the spelling of Electron's accelerators, which `CmdOrCtrl` makes fit for every system; null: no key. */
  readonly keys: string | null
}

/** Every command of the application menu. Keys are not checked for clashes here but by a test. */
export const commands: Readonly<Record<MenuCommand, CommandWords>> = {
  'new-replica': { label: 'New replica', keys: 'CmdOrCtrl+N' },
  'add-account': { label: 'Add account…', keys: 'CmdOrCtrl+Shift+A' },
  refresh: { label: 'Refresh', keys: 'CmdOrCtrl+R' },
  find: { label: 'Find', keys: 'CmdOrCtrl+F' },
  'go-replicas': { label: 'Go to replicas', keys: 'CmdOrCtrl+1' },
  'go-videos': { label: 'Go to videos', keys: 'CmdOrCtrl+2' },
  'go-models': { label: 'Go to models', keys: 'CmdOrCtrl+3' },
  'go-versions': { label: 'Go to versions', keys: 'CmdOrCtrl+4' },
  'go-people': { label: 'Go to people', keys: 'CmdOrCtrl+5' },
  'go-history': { label: 'Go to history', keys: 'CmdOrCtrl+6' },
  'go-accounts': { label: 'Go to accounts', keys: 'CmdOrCtrl+7' },
  'go-settings': { label: 'Settings', keys: 'CmdOrCtrl+,' },
  'undo-deletion': { label: 'Undo deletion', keys: 'CmdOrCtrl+Z' },
  'verify-receipt': { label: 'Verify a receipt…', keys: null },
  'command-palette': { label: 'Command palette', keys: 'CmdOrCtrl+K' },
  shortcuts: { label: 'Keyboard shortcuts', keys: '?' }
}

/**
 * Keys that work within a list, where the list itself answers them; the sheet of keys shows them. `keys` in the
 * spelling above; several keys with one meaning stand one after the other.
 */
export const libraryKeys = {
  search: { label: 'Search', keys: '/' },
  move: { label: 'Move', keys: '↑+↓+←+→' },
  ends: { label: 'First, last', keys: 'Home+End' },
  pages: { label: 'A page up, down', keys: 'Page Up+Page Down' },
  open: { label: 'Show details', keys: 'Enter' },
  choose: { label: 'Select, or not', keys: 'Space' },
  'choose-range': { label: 'Select as you move', keys: 'Shift+↑+↓+←+→' },
  'choose-all': { label: 'Select all', keys: 'CmdOrCtrl+A' },
  'copy-id': { label: 'Copy its id', keys: 'CmdOrCtrl+C' },
  rename: { label: 'Rename', keys: 'F2' },
  delete: { label: 'Delete it, or what is selected', keys: 'Delete' },
  back: { label: 'One step back', keys: 'Esc' }
} as const satisfies Readonly<Record<string, CommandWords>>
export type LibraryKey = keyof typeof libraryKeys

/** The same for the records of the history. */
export const historyKeys = {
  search: { label: 'Search', keys: '/' },
  move: { label: 'Move', keys: '↑+↓' },
  pages: { label: 'Eight up, down', keys: 'Page Up+Page Down' },
  open: { label: 'Show the record', keys: 'Enter' },
  back: { label: 'One step back', keys: 'Esc' }
} as const satisfies Readonly<Record<string, CommandWords>>
export type HistoryKey = keyof typeof historyKeys

/** What of a key press decides which command it means; the DOM's `KeyboardEvent` has it. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const matches = (press: KeyPress, keys: string, isMac: boolean): boolean => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMain = parts.includes('CmdOrCtrl')
  const main = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  // Signs such as ? need Shift on some keyboards and not on others.
  const isSign = !/^[a-z0-9]$/i.test(key)
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    main === wantsMain &&
    !other &&
    !press.altKey &&
    (isSign || press.shiftKey === parts.includes('Shift'))
  )
}

/** The command that a key press means, or null. */
export const commandOf = (press: KeyPress, isMac: boolean): MenuCommand | null =>
  (Object.keys(commands) as MenuCommand[]).find((command) => {
    const { keys } = commands[command]
    return keys !== null && matches(press, keys, isMac)
  }) ?? null

/** "CmdOrCtrl+K" as ["Ctrl", "K"], or ["⌘", "K"] on a Mac. */
export const keyCaps = (keys: string, isMac: boolean): readonly string[] =>
  keys.split('+').map((part) => {
    if (part === 'CmdOrCtrl') return isMac ? '⌘' : 'Ctrl'
    if (part === 'Shift') return isMac ? '⇧' : 'Shift'
    return part
  })
