import type { HistoryKey, LibraryKey } from './commands.ts'
import type { MenuCommand } from './ipc/events.ts'
import { t } from './messages/messages.ts'

/** What a command is called in the menu, the palette and the sheet of keys. */
export const commandLabel = (command: MenuCommand): string => t(`commands.${command}`)

/** What a key of a list does. */
export const listKeyLabel = (key: LibraryKey | HistoryKey): string => t(`listKeys.${key}`)
