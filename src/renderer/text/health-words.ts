import type { BackgroundTask, BackupOffer, Health } from '../../shared/domain/health.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateTone } from './asset-words.ts'
import { checkText, isHistoryAlarm } from './history-words.ts'
import { countOf, exactTime } from './time-words.ts'

export interface HealthWords {
  readonly key: string
  readonly tone: StateTone
  readonly title: string
  readonly text: string
  readonly action: 'restore' | 'reveal' | 'stop-waiting' | 'delete-keys' | 'accept-end' | null
}

type Damaged = Extract<Health['storage'], { state: 'damaged' }>

const backupText = (backup: BackupOffer | null): string => {
  if (backup === null)
    return 'No good backup was found. Add your accounts again, and the library fills from the providers.'
  const holds = `${countOf(backup.eventCount, 'record')} and ${countOf(backup.assetCount, 'item')}`
  const found = backup.isRescued
    ? `What could be read of it was saved as a backup with ${holds}.`
    : `The newest good backup is from ${exactTime(backup.madeAt)}, with ${holds}.`
  const missing =
    backup.missingEventCount === null
      ? 'How many records are missing from it is unknown.'
      : `${countOf(backup.missingEventCount, 'record')} came after it.`
  return `${found} ${missing}`
}

const damageTitles: Readonly<Record<Damaged['cause'], string>> = {
  unreadable: 'The database was damaged',
  missing: 'The database is missing',
  log: 'The database lost its latest changes',
  behind: 'The database is older than its backup'
}

const damageCauses: Readonly<Record<Damaged['cause'], string>> = {
  unreadable: '',
  missing: 'library.sqlite is no longer in the data folder. ',
  log: 'Its write-ahead log (library.sqlite-wal) was missing or damaged. ',
  behind: 'Another program may have replaced it with an older copy. '
}

const damageText = ({ cause, setAsideAs, backup }: Damaged): string => {
  const kept =
    setAsideAs === null || cause === 'missing' ? '' : `The file was kept as ${setAsideAs}. `
  return `${damageCauses[cause]}${kept}${backupText(backup)}`
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
        damageTitles[storage.cause],
        damageText(storage),
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
        'Nothing is sent that cannot be saved first. Free up disk space, and it continues automatically.',
        'reveal'
      )
    case 'read-only':
      return words(
        'warn',
        'The data folder cannot be written',
        'Everything can be read, but changes cannot be saved and nothing is sent. Allow your user account to write to the data folder, then restart the app.',
        'reveal'
      )
    case 'unavailable':
      return words(
        'bad',
        'The database cannot be opened',
        'Your data is still there, but the app cannot read it, and nothing is sent. Check the permissions of the data folder, then restart the app.',
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

const backupsWords = (state: Health['backups']): HealthWords | null =>
  state === 'ok'
    ? null
    : {
        key: 'backups-failing',
        tone: 'warn',
        title: 'No backup can be made',
        text: 'The folder “backups” in the data folder cannot be written. Nothing is lost, and earlier backups are kept, but a damaged database could not be brought back to today. Make room, or see what stands in the way.',
        action: 'reveal'
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

const tasks: Readonly<Record<BackgroundTask, string>> = {
  trainings: 'Checking running trainings',
  'later-looks': 'Checking what was deleted',
  deletions: 'Carrying out deletions',
  refreshing: 'Refreshing the library',
  'history-end': 'Keeping the end of the history in the keychain',
  upkeep: 'Backing up and checking the database',
  clock: 'Checking this computer’s clock',
  sample: 'Starting the sample data',
  pictures: 'Keeping thumbnails',
  keys: 'Deleting unused keys from the keychain',
  notifications: 'Showing desktop notifications',
  app: 'A part of the app'
}

const backgroundWords = ({ task, reference }: Health['background'][number]): HealthWords => ({
  key: `background-${task}`,
  tone: 'warn',
  title: `${tasks[task]} failed`,
  text:
    task === 'app'
      ? `If something does not respond, restart the app. Error ${reference} in the log.`
      : `It will be tried again. Error ${reference} in the log.`,
  action: 'reveal'
})

/** Only what the person should not miss; the rest is shown beside the history. */
const historyWords = (history: Health['history']): HealthWords | null => {
  if (history === null || !isHistoryAlarm(history.check)) return null
  const { check } = history
  return {
    key: `history-${check.isIntact ? check.remembered : 'changed'}`,
    ...checkText(check),
    action: check.isIntact ? 'accept-end' : null
  }
}

/** Everything about this computer that the person should know, worst first. */
export const healthText = (health: Health): readonly HealthWords[] =>
  [
    storageWords(health.storage),
    historyWords(health.history),
    keychainWords(health.keychain),
    leftKeysWords(health.leftKeys),
    backupsWords(health.backups),
    settingsWords(health.settings),
    ...health.background.map(backgroundWords)
  ].filter((words) => words !== null)
