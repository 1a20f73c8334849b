import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import { commandLabel } from '../shared/command-labels.ts'
import { commands } from '../shared/commands.ts'
import type { MenuCommand } from '../shared/ipc/events.ts'
import type { Environment } from './environment.ts'

const line: MenuItemConstructorOptions = { type: 'separator' }

/** The application menu: the system's own roles, and the commands of the window. Pure. */
export const menuTemplate = (
  platform: Environment['platform'],
  choose: (command: MenuCommand) => void
): MenuItemConstructorOptions[] => {
  const item = (command: MenuCommand): MenuItemConstructorOptions => {
    const keys = commands[command]
    return {
      id: command,
      label: commandLabel(command),
      ...(keys === null ? {} : { accelerator: keys }),
      // The window reads the keys itself, so that they work the same wherever the focus is; here they are shown.
      registerAccelerator: false,
      click: () => choose(command)
    }
  }
  const isMac = platform === 'mac'
  return [
    ...(isMac ? [macMenu(item('go-settings'))] : []),
    {
      label: '&File',
      submenu: [
        item('new-replica'),
        item('add-account'),
        line,
        item('refresh'),
        ...(isMac
          ? [line, { role: 'close' } as const]
          : [line, item('go-settings'), line, { role: 'quit' } as const])
      ]
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        item('undo-deletion'),
        line,
        item('find')
      ]
    },
    {
      label: '&View',
      submenu: [
        item('command-palette'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' }
      ]
    },
    {
      label: '&Go',
      submenu: [
        item('go-replicas'),
        item('go-videos'),
        item('go-models'),
        item('go-versions'),
        item('go-people'),
        line,
        item('go-history'),
        item('go-accounts')
      ]
    },
    { role: 'windowMenu' },
    { label: '&Help', role: 'help', submenu: [item('verify-receipt'), line, item('shortcuts')] }
  ]
}

const macMenu = (settings: MenuItemConstructorOptions): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'about' },
    line,
    settings,
    line,
    { role: 'services' },
    line,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    line,
    { role: 'quit' }
  ]
})

/** What a right click offers on text; empty where there is nothing to do. Pure. */
export const textMenuTemplate = ({
  isEditable,
  selectionText,
  editFlags
}: Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'editFlags'
>): MenuItemConstructorOptions[] => {
  if (isEditable) {
    return [
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      line,
      { role: 'selectAll', enabled: editFlags.canSelectAll }
    ]
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy }]
}
