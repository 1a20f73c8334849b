import { expect, it } from 'vitest'
import { updateTroubles } from '../../shared/catalogue/update-troubles.ts'
import type { UpdateStatus } from '../../shared/domain/update.ts'
import { updateNotice, updateText } from './update-words.ts'

const said = (stand: UpdateStatus['stand'], way: UpdateStatus['way'] = 'restart'): string =>
  updateText({ way, stand, checkedAt: null })

it('says in one line that a build without a release key never asks', () => {
  expect(said({ state: 'unknown' }, 'none')).toBe(
    'This build has no release key, so it can’t verify updates and never checks for them.'
  )
})

it('says how far a download is, and never that it is done before it is', () => {
  const version = '2.0.0'
  expect(said({ state: 'downloading', version, share: 0.999 })).toBe(
    'Downloading version 2.0.0: 99%'
  )
})

it('says of every failure what happened, and of which version if that is known', () => {
  const texts = updateTroubles.map((trouble) => said({ state: 'failed', trouble, version: null }))
  expect(new Set(texts).size).toBe(updateTroubles.length)
  expect(texts.every((text) => text.startsWith('Update failed. '))).toBe(true)
  expect(said({ state: 'failed', trouble: 'wrong-hash', version: '2.0.0' })).toMatch(
    /^Update to version 2.0.0 failed. The download isn’t the file that was signed/
  )
})

it('says how a version gets here', () => {
  expect(updateNotice('2.0.0', 'restart').title).toBe('Version 2.0.0 is ready')
  expect(updateNotice('2.0.0', 'page').title).toBe('Version 2.0.0 is available')
})
