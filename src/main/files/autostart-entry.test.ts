import { describe, expect, it } from 'vitest'
import { autostartEntry, isTurnedOn } from './autostart-entry.ts'

const execOf = (command: readonly string[]) => /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1]

describe('autostartEntry', () => {
  it('quotes every argument as the specification wants it', () => {
    expect(execOf(['/usr/bin/replica-desk', '--hidden'])).toBe('"/usr/bin/replica-desk" "--hidden"')
    expect(execOf(['/home/a b/50%.AppImage'])).toBe('"/home/a b/50%%.AppImage"')
    // The quoting escapes by a backslash, and the file's own strings escape that by another.
    expect(execOf(['/a"b/$HOME/`x`'])).toBe('"/a\\\\"b/\\\\$HOME/\\\\`x\\\\`"')
    expect(execOf(['/a\\b'])).toBe('"/a\\\\\\\\b"')
  })
})

describe('isTurnedOn', () => {
  const entry = autostartEntry(['/usr/bin/replica-desk'])

  it('believes the desktop, which turns an entry off by a line in it', () => {
    expect(isTurnedOn(entry)).toBe(true)
    expect(isTurnedOn(`${entry}Hidden=true\n`)).toBe(false)
    expect(isTurnedOn(entry.replace('enabled=true', 'enabled=false'))).toBe(false)
  })
})
