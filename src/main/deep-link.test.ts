import { describe, expect, it } from 'vitest'
import { readDeepLink } from './deep-link.ts'
import { linkIn } from './link-in.ts'

describe('readDeepLink', () => {
  it.each([
    ['replica-desk://open/replicas', { kind: 'place', place: 'replicas' }],
    ['replica-desk://open/settings', { kind: 'place', place: 'settings' }],
    [
      'replica-desk://asset/acc_0123456789abcdef/replica/rf4e9d9790f0',
      {
        kind: 'asset',
        ref: { accountId: 'acc_0123456789abcdef', kind: 'replica', id: 'rf4e9d9790f0' }
      }
    ],
    ['replica-desk://add-account', { kind: 'add-account', provider: null, name: '' }],
    [
      'replica-desk://add-account?provider=replicate&name=Studio%20North',
      { kind: 'add-account', provider: 'replicate', name: 'Studio North' }
    ]
  ])('reads %s', (text, destination) => {
    expect(readDeepLink(text)).toEqual(destination)
  })

  it.each([
    ['another scheme', 'https://open/replicas'],
    ['a scheme that begins alike', 'replica-desk-2://open/replicas'],
    ['an unknown host', 'replica-desk://delete/rf4e9d9790f0'],
    ['no host', 'replica-desk:open/replicas'],
    ['a host in other letters', 'replica-desk://OPEN/replicas'],
    ['an unknown place', 'replica-desk://open/__proto__'],
    ['more than a place', 'replica-desk://open/replicas/rf4e9d9790f0'],
    ['a query that no place takes', 'replica-desk://open/replicas?confirm=1'],
    ['a fragment', 'replica-desk://open/replicas#delete'],
    ['a user', 'replica-desk://user:word@open/replicas'],
    ['a port', 'replica-desk://open:1/replicas'],
    ['an escaped place', 'replica-desk://open/%72eplicas'],
    ['an escaped slash', 'replica-desk://asset/acc_0123456789abcdef%2Freplica/r1'],
    ['a way up', 'replica-desk://asset/../open/replicas'],
    ['an unknown kind', 'replica-desk://asset/acc_0123456789abcdef/planet/r1'],
    ['a broken escape', 'replica-desk://asset/acc_0123456789abcdef/replica/%E0%A4'],
    ['a line break', 'replica-desk://open/repl\nicas'],
    ['a line break before it', '\nreplica-desk://open/replicas'],
    ['a space', 'replica-desk://open/replicas --no-sandbox'],
    ['letters of other scripts', 'replica-desk://open/rеplicas'],
    ['too much', `replica-desk://add-account?name=${'a'.repeat(500)}`],
    ['a name that is too long', `replica-desk://add-account?name=${'a'.repeat(81)}`],
    ['a name with an escaped line break', 'replica-desk://add-account?name=a%0Ab'],
    ['a name that turns a line round', 'replica-desk://add-account?name=%E2%80%AEevil'],
    ['an unknown provider', 'replica-desk://add-account?provider=constructor'],
    ['a key', 'replica-desk://add-account?provider=tavus&apiKey=1234'],
    [
      'an address for the key to go to',
      'replica-desk://add-account?apiAddress=https://evil.example'
    ],
    ['a name twice', 'replica-desk://add-account?name=a&name=b'],
    ['nothing', '']
  ])('takes nothing with %s', (_what, text) => {
    expect(readDeepLink(text)).toBeNull()
  })
})

describe('linkIn', () => {
  it('finds the link among the switches of a start, and nothing that only holds one', () => {
    const link = 'replica-desk://open/history'
    expect(linkIn(['/usr/bin/replica-desk', '--lang=de', link])).toBe(link)
    expect(linkIn(['/usr/bin/replica-desk', `--url=${link}`, ` ${link}`])).toBeNull()
  })
})
