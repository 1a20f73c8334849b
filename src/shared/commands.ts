import type { MenuCommand } from './ipc/events.ts'

/** Keys in the spelling of Electron's accelerators, which `CmdOrCtrl` makes fit for every system; null: no key. */
export type Keys = string | null

/**
 * Every command of the application menu, with its keys. They are not checked for clashes here but by a test. The palette,
 * the sheet of keys and the application menu read this alone.
 */
export const commands: Readonly<Record<MenuCommand, Keys>> = {
  'new-replica': 'CmdOrCtrl+N',
  'add-account': 'CmdOrCtrl+Shift+A',
  refresh: 'CmdOrCtrl+R',
  find: 'CmdOrCtrl+F',
  'go-replicas': 'CmdOrCtrl+1',
  'go-videos': 'CmdOrCtrl+2',
  'go-models': 'CmdOrCtrl+3',
  'go-versions': 'CmdOrCtrl+4',
  'go-people': 'CmdOrCtrl+5',
  'go-history': 'CmdOrCtrl+6',
  'go-accounts': 'CmdOrCtrl+7',
  'go-voices': 'CmdOrCtrl+8',
  'go-pals': 'CmdOrCtrl+9',
  'go-conversations': 'CmdOrCtrl+Shift+T',
  'go-inbox': 'CmdOrCtrl+I',
  'go-settings': 'CmdOrCtrl+,',
  'undo-deletion': 'CmdOrCtrl+Z',
  'verify-receipt': null,
  'back-up': null,
  restore: null,
  'check-for-updates': null,
  'command-palette': 'CmdOrCtrl+K',
  shortcuts: '?',
  'open-docs': null,
  'report-problem': null
}

/**
 * Keys that work within a list, where the list itself answers them; the sheet of keys shows them. Several keys with one
 * meaning stand one after the other.
 */
export const libraryKeys = {
  search: '/',
  move: '↑+↓+←+→',
  'type-ahead': 'A…Z',
  ends: 'Home+End',
  pages: 'Page Up+Page Down',
  open: 'Enter',
  preview: 'Space',
  choose: 'Ctrl+Space',
  'choose-range': 'Shift+↑+↓+←+→',
  'choose-all': 'CmdOrCtrl+A',
  'copy-id': 'CmdOrCtrl+C',
  rename: 'F2',
  delete: 'Delete',
  back: 'Esc'
} as const satisfies Readonly<Record<string, string>>
export type LibraryKey = keyof typeof libraryKeys

/** The same for the records of the history. */
export const historyKeys = {
  search: '/',
  move: '↑+↓',
  jump: 'Page Up+Page Down',
  openRecord: 'Enter',
  back: 'Esc'
} as const satisfies Readonly<Record<string, string>>
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
    const keys = commands[command]
    return keys !== null && matches(press, keys, isMac)
  }) ?? null

/** "CmdOrCtrl+K" as ["Ctrl", "K"], or ["⌘", "K"] on a Mac. */
export const keyCaps = (keys: string, isMac: boolean): readonly string[] =>
  keys.split('+').map((part) => {
    if (part === 'CmdOrCtrl') return isMac ? '⌘' : 'Ctrl'
    if (part === 'Shift') return isMac ? '⇧' : 'Shift'
    return part
  })
