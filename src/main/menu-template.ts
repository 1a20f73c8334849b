import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import { commandLabel } from '../shared/command-labels.ts'
import { commands } from '../shared/commands.ts'
import type { AssetRef } from '../shared/domain/asset.ts'
import type { MenuCommand } from '../shared/ipc/events.ts'
import { t } from '../shared/messages/messages.ts'
import type { Environment } from './environment.ts'
import type { RecentAsset } from './usecases/recents.ts'

/** Electron names its own items in English alone. */
const roleItem = (
  role:
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen'
    | 'close'
    | 'quit'
    | 'about'
    | 'services'
    | 'hide'
    | 'hideOthers'
    | 'unhide'
    | 'minimize'
    | 'zoom'
    | 'front'
): MenuItemConstructorOptions => ({ role, label: t(`menu.role.${role}`) })

const line: MenuItemConstructorOptions = { type: 'separator' }

const longestLabel = 60

/** A name from outside: short, and an ampersand in it marks no key. */
export const menuText = (text: string): string => {
  const letters = [...text]
  const short = letters.length > longestLabel ? `${letters.slice(0, longestLabel).join('')}…` : text
  return short.replaceAll('&', '&&')
}

/** The application menu: the system's own roles, and the commands of the window, and what was opened last. Pure. */
export const menuTemplate = (
  platform: Environment['platform'],
  choose: (command: MenuCommand) => void,
  recent: readonly RecentAsset[] = [],
  open: (ref: AssetRef) => void = () => undefined
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
    ...(isMac ? [macMenu(item('check-for-updates'), item('go-settings'))] : []),
    {
      label: t('menu.file'),
      submenu: [
        item('new-replica'),
        line,
        item('verify-receipt'),
        line,
        item('back-up'),
        item('restore'),
        ...(isMac ? [line, roleItem('close')] : [line, item('go-settings'), line, roleItem('quit')])
      ]
    },
    {
      label: t('menu.edit'),
      submenu: [
        roleItem('undo'),
        roleItem('redo'),
        line,
        roleItem('cut'),
        roleItem('copy'),
        roleItem('paste'),
        roleItem('selectAll'),
        line,
        item('undo-deletion'),
        line,
        item('find')
      ]
    },
    {
      label: t('menu.view'),
      submenu: [
        item('command-palette'),
        line,
        roleItem('resetZoom'),
        roleItem('zoomIn'),
        roleItem('zoomOut'),
        line,
        roleItem('togglefullscreen')
      ]
    },
    {
      label: t('menu.go'),
      submenu: [
        item('go-replicas'),
        item('go-videos'),
        item('go-voices'),
        item('go-pals'),
        item('go-conversations'),
        item('go-models'),
        item('go-versions'),
        item('go-people'),
        line,
        item('go-inbox'),
        item('go-history'),
        ...(recent.length === 0 ? [] : [line]),
        ...recent.map(({ ref, name }) => ({
          label: menuText(name.trim() === '' ? ref.id : name),
          click: () => open(ref)
        }))
      ]
    },
    {
      label: t('menu.account'),
      submenu: [item('add-account'), item('go-accounts'), line, item('refresh')]
    },
    {
      // The list of windows that macOS adds needs the role; its own items would be English.
      role: 'window',
      label: t('menu.window'),
      submenu: [
        roleItem('minimize'),
        ...(isMac ? [roleItem('zoom'), line, roleItem('front')] : [roleItem('close')])
      ]
    },
    {
      label: t('menu.help'),
      role: 'help',
      submenu: [
        item('open-docs'),
        item('shortcuts'),
        line,
        item('report-problem'),
        ...(isMac ? [] : [line, item('check-for-updates'), roleItem('about')])
      ]
    }
  ]
}

const macMenu = (
  updates: MenuItemConstructorOptions,
  settings: MenuItemConstructorOptions
): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    roleItem('about'),
    updates,
    line,
    settings,
    line,
    roleItem('services'),
    line,
    roleItem('hide'),
    roleItem('hideOthers'),
    roleItem('unhide'),
    line,
    roleItem('quit')
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
      { ...roleItem('cut'), enabled: editFlags.canCut },
      { ...roleItem('copy'), enabled: editFlags.canCopy },
      { ...roleItem('paste'), enabled: editFlags.canPaste },
      line,
      { ...roleItem('selectAll'), enabled: editFlags.canSelectAll }
    ]
  }
  return selectionText.trim() === '' ? [] : [{ ...roleItem('copy'), enabled: editFlags.canCopy }]
}
