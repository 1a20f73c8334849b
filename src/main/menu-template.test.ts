import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { refOf } from '../../test/main/storage/records.ts'
import { type MenuCommand, menuCommandSchema } from '../shared/ipc/events.ts'
import { menuTemplate, menuText, textMenuTemplate } from './menu-template.ts'

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

const flags = {
  canUndo: false,
  canRedo: false,
  canCut: false,
  canCopy: false,
  canPaste: true,
  canDelete: false,
  canSelectAll: true,
  canEditRichly: false
}

describe('menuTemplate', () => {
  it.each(['linux', 'windows', 'mac'] as const)('offers every command once on %s', (platform) => {
    const ids = flat(menuTemplate(platform, () => undefined)).flatMap(({ id }) => id ?? [])
    expect(ids.sort()).toEqual([...menuCommandSchema.options].sort())
  })

  it('tells which command was chosen', () => {
    const chosen: MenuCommand[] = []
    const items = flat(menuTemplate('linux', (command) => chosen.push(command)))
    for (const { click } of items) (click as (() => void) | undefined)?.()
    expect(chosen.sort()).toEqual([...menuCommandSchema.options].sort())
  })

  it.each(['linux', 'windows', 'mac'] as const)(
    'leaves no item on %s to the names of Electron, which are English alone',
    (platform) => {
      const unnamed = flat(menuTemplate(platform, () => undefined)).filter(
        ({ role, label, type }) => type !== 'separator' && role !== 'appMenu' && label === undefined
      )
      expect(unnamed).toEqual([])
    }
  )

  it('lists what was opened last where one goes to places, as it is called', () => {
    const ref = refOf('r1')
    const opened: unknown[] = []
    const recent = [
      { ref, name: 'Q&A' },
      { ref: refOf('r2'), name: ' ' }
    ]
    const template = menuTemplate(
      'linux',
      () => undefined,
      recent,
      (one) => opened.push(one)
    )
    const items = flat(template)
    const entry = items.find(({ label }) => label === 'Q&&A')
    ;(entry?.click as (() => void) | undefined)?.()
    expect(opened).toEqual([ref])
    expect(items.map(({ label }) => label)).toContain('r2')
    expect(menuText('a'.repeat(80))).toHaveLength(61)
  })

  it('has nothing that reloads the page or opens the tools of developers', () => {
    const roles = flat(menuTemplate('linux', () => undefined)).map(({ role }) => role)
    expect(roles).not.toContain('reload')
    expect(roles).not.toContain('toggleDevTools')
  })
})

describe('textMenuTemplate', () => {
  it('offers what the field allows', () => {
    const items = textMenuTemplate({ isEditable: true, selectionText: '', editFlags: flags })
    expect(
      items.flatMap(({ role, enabled }) => (role === undefined ? [] : [[role, enabled]]))
    ).toEqual([
      ['cut', false],
      ['copy', false],
      ['paste', true],
      ['selectAll', true]
    ])
  })

  it('offers copying of chosen text, and nothing where nothing is chosen', () => {
    const chosen = { isEditable: false, editFlags: { ...flags, canCopy: true } }
    expect(textMenuTemplate({ ...chosen, selectionText: 'r783' }).map(({ role }) => role)).toEqual([
      'copy'
    ])
    expect(textMenuTemplate({ ...chosen, selectionText: ' ' })).toEqual([])
  })
})
