import type { BackupOffer, Health } from '../../shared/domain/health.ts'
import { t } from '../../shared/messages/messages.ts'
import type { StateTone } from './asset-words.ts'
import { checkText, isHistoryAlarm } from './history-words.ts'
import { exactTime } from './time-words.ts'

export interface HealthWords {
  readonly key: string
  readonly tone: StateTone
  readonly title: string
  readonly text: string
  readonly action: 'restore' | 'reveal' | 'stop-waiting' | 'delete-keys' | 'accept-end' | null
}

type Damaged = Extract<Health['storage'], { state: 'damaged' }>

/** Sentences one after the other. */
const backupText = (backup: BackupOffer | null): readonly string[] => {
  if (backup === null) return [t('health.backup.none')]
  const holds = { records: backup.eventCount, items: backup.assetCount }
  const missing = backup.missingEventCount
  return [
    backup.isRescued
      ? t('health.backup.rescued', holds)
      : t('health.backup.newest', { ...holds, time: exactTime(backup.madeAt) }),
    missing === null
      ? t('health.backup.missingUnknown')
      : t('health.backup.missing', { count: missing })
  ]
}

const damageText = ({ cause, setAsideAs, backup }: Damaged): string =>
  [
    ...(cause === 'unreadable' ? [] : [t(`health.damaged.${cause}.text`)]),
    ...(setAsideAs === null || cause === 'missing'
      ? []
      : [t('health.damaged.kept', { file: setAsideAs })]),
    ...backupText(backup)
  ].join(' ')

const storageTones = {
  'newer-version': { tone: 'warn', action: null },
  'disk-full': { tone: 'bad', action: 'reveal' },
  'read-only': { tone: 'warn', action: 'reveal' },
  unavailable: { tone: 'bad', action: 'reveal' }
} as const

const storageWords = (storage: Health['storage']): HealthWords | null => {
  if (storage.state === 'ok') return null
  const key = `storage-${storage.state}`
  if (storage.state === 'damaged') {
    return {
      key,
      tone: 'bad',
      title: t(`health.damaged.${storage.cause}.title`),
      text: damageText(storage),
      action: storage.backup === null ? 'reveal' : 'restore'
    }
  }
  return {
    key,
    ...storageTones[storage.state],
    title: t(`health.storage.${storage.state}.title`),
    text: t(`health.storage.${storage.state}.text`)
  }
}

const keychainWords = (state: Health['keychain']): HealthWords | null =>
  state === 'unknown' || state === 'ok'
    ? null
    : {
        key: `keychain-${state}`,
        tone: 'warn',
        title: t(`health.keychain.${state}.title`),
        text: t(`health.keychain.${state}.text`),
        action: state === 'waiting' ? 'stop-waiting' : null
      }

const leftKeysWords = (accountNames: Health['leftKeys']): HealthWords | null =>
  accountNames.length === 0
    ? null
    : {
        key: `left-keys-${accountNames.join('-')}`,
        tone: 'warn',
        title: t('health.leftKeys.title'),
        text: t('health.leftKeys.text', { names: accountNames.join(', ') }),
        action: 'delete-keys'
      }

const backupsWords = (state: Health['backups']): HealthWords | null =>
  state === 'ok'
    ? null
    : {
        key: 'backups-failing',
        tone: 'warn',
        title: t('health.backups.title'),
        text: t('health.backups.text'),
        action: 'reveal'
      }

const settingsWords = (state: Health['settings']): HealthWords | null =>
  state === 'ok'
    ? null
    : {
        key: `settings-${state}`,
        tone: 'warn',
        title: t(`health.settings.${state}.title`),
        text: t(`health.settings.${state}.text`),
        action: null
      }

const backgroundWords = ({ task, reference }: Health['background'][number]): HealthWords => ({
  key: `background-${task}`,
  tone: 'warn',
  title: t(`health.task.${task}`),
  text:
    task === 'app' ? t('health.taskRestart', { reference }) : t('health.taskRetry', { reference }),
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
