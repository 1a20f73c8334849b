import type { BackupOffer, Health } from '../../shared/domain/health.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateTone } from './asset-words.ts'
import { countOf, exactTime } from './time-words.ts'

export interface HealthWords {
  readonly key: string
  readonly tone: StateTone
  readonly title: string
  readonly text: string
  readonly action: 'restore' | 'reveal' | 'stop-waiting' | 'delete-keys' | null
}

const backupText = (backup: BackupOffer | null): string => {
  if (backup === null)
    return 'There is no backup. Add your accounts again, and the library fills from the providers.'
  const missing =
    backup.missingEventCount === null
      ? 'How many records came after it is not known.'
      : `${countOf(backup.missingEventCount, 'record')} came after it.`
  return `The newest good backup is of ${exactTime(backup.madeAt)}, with ${countOf(
    backup.eventCount,
    'record'
  )} and ${countOf(backup.assetCount, 'replica')}. ${missing}`
}

const storageWords = (storage: Health['storage']): HealthWords | null => {
  const words = (
    tone: StateTone,
    title: string,
    text: string,
    action: HealthWords['action'] = null
  ): HealthWords => ({ key: `storage-${storage.state}`, tone, title, text, action })
  switch (storage.state) {
    case 'ok':
      return null
    case 'damaged':
      return words(
        'bad',
        'The database was damaged',
        `It was set aside as ${storage.setAsideAs} and is kept. ${backupText(storage.backup)}`,
        storage.backup === null ? 'reveal' : 'restore'
      )
    case 'newer-version':
      return words(
        'warn',
        'Made by a newer version',
        'Everything can be read. To change things, install the newer version of Replica Desk.'
      )
    case 'disk-full':
      return words(
        'bad',
        'Disk full, deletions are off',
        'Nothing is sent that could not be written down first. Make some room; it goes on by itself.'
      )
    case 'read-only':
      return words(
        'warn',
        'The data folder cannot be written',
        'Everything can be read. Nothing is sent until writing works again.',
        'reveal'
      )
    case 'unavailable':
      return words(
        'bad',
        'The database cannot be opened',
        'Nothing is sent until it can. Look at the data folder and its rights.',
        'reveal'
      )
    default:
      return assertNever(storage)
  }
}

const keychainWords = (state: Health['keychain']): HealthWords | null => {
  const words = (
    tone: StateTone,
    title: string,
    text: string,
    action: HealthWords['action'] = null
  ): HealthWords => ({ key: `keychain-${state}`, tone, title, text, action })
  switch (state) {
    case 'unknown':
    case 'ok':
      return null
    case 'waiting':
      return words(
        'warn',
        'Waiting for your keyring',
        'The system may be asking for its password. Library and history can be used meanwhile.',
        'stop-waiting'
      )
    case 'locked':
      return words(
        'warn',
        'The keychain is locked',
        'Library and history can be read. Unlock it to ask anything of the providers.'
      )
    case 'denied':
      return words(
        'warn',
        'Access to the keychain was refused',
        'Library and history can be read. Allow access when the system asks again.'
      )
    case 'unavailable':
      return words(
        'warn',
        'There is no keychain here',
        'Keys can be kept for this run only. They are never written to a file.'
      )
    case 'failed':
      return words(
        'warn',
        'The keychain is not answering',
        'Library and history can be read. Nothing in the keychain was changed.'
      )
    default:
      return assertNever(state)
  }
}

const leftKeysWords = (accountNames: Health['leftKeys']): HealthWords | null =>
  accountNames.length === 0
    ? null
    : {
        key: `left-keys-${accountNames.join('-')}`,
        tone: 'warn',
        title: 'A key that is no longer used is still in the keychain',
        text: `The keychain did not let Replica Desk delete it. Account: ${accountNames.join(', ')}. It is tried again each time the app starts.`,
        action: 'delete-keys'
      }

const settingsWords = (state: Health['settings']): HealthWords | null => {
  const words = (title: string, text: string): HealthWords => ({
    key: `settings-${state}`,
    tone: 'warn',
    title,
    text,
    action: null
  })
  switch (state) {
    case 'ok':
      return null
    case 'restored':
      return words('The settings were damaged', 'The last good ones are in use again.')
    case 'reset':
      return words('The settings were damaged', 'They start anew. The damaged file is kept.')
    case 'not-saved':
      return words('The settings were not saved', 'The old ones are kept.')
    default:
      return assertNever(state)
  }
}

/** Everything about this computer that the person should know, worst first. */
export const healthText = (health: Health): readonly HealthWords[] =>
  [
    storageWords(health.storage),
    keychainWords(health.keychain),
    leftKeysWords(health.leftKeys),
    settingsWords(health.settings)
  ].filter((words) => words !== null)
