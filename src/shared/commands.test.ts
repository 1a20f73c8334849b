import { describe, expect, it } from 'vitest'
import { commandOf, commands, keyCaps } from './commands.ts'
import { menuCommandSchema } from './ipc/events.ts'

const press = (key: string, held: readonly ('ctrl' | 'meta' | 'shift' | 'alt')[] = []) => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt')
})

describe('the table of commands', () => {
  it('has every command of the menu once', () => {
    expect(Object.keys(commands).sort()).toEqual([...menuCommandSchema.options].sort())
  })

  it('gives no key to two commands', () => {
    const keys = Object.values(commands).flatMap((each) => each ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('commandOf', () => {
  it.each([
    [press('k', ['ctrl']), false, 'command-palette'],
    [press('K', ['ctrl']), false, 'command-palette'],
    [press('k', ['meta']), true, 'command-palette'],
    [press('?', ['shift']), false, 'shortcuts'],
    [press('?'), false, 'shortcuts'],
    [press('A', ['ctrl', 'shift']), false, 'add-account'],
    [press(',', ['ctrl']), false, 'go-settings'],
    [press('k'), false, null],
    [press('k', ['meta']), false, null],
    [press('k', ['ctrl', 'shift']), false, null],
    [press('k', ['ctrl', 'alt']), false, null],
    [press('a', ['ctrl']), false, null]
  ] as const)('reads %o (mac: %s) as %s', (pressed, isMac, command) => {
    expect(commandOf(pressed, isMac)).toBe(command)
  })
})

describe('keyCaps', () => {
  it('names keys as they are printed on the keyboard of the system', () => {
    expect(keyCaps('CmdOrCtrl+Shift+A', false)).toEqual(['Ctrl', 'Shift', 'A'])
    expect(keyCaps('CmdOrCtrl+K', true)).toEqual(['⌘', 'K'])
  })
})
