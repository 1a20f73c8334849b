import type { BackgroundTask, Health } from '../../shared/domain/health.ts'
import type { Emit } from '../ports/emit.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { Store } from '../ports/store.ts'

/** Gathers how storage, settings and keychain are, and tells the window when that changes. */
export const createHealth = (store: Store, settings: SettingsStore, emit: Emit) => {
  let keychain: Health['keychain'] = 'unknown'
  let leftKeys: Health['leftKeys'] = []
  let background: Health['background'] = []
  let history: Health['history'] = null
  let notifications: Health['notifications'] = 'unknown'
  const now = (): Health => ({
    storage: store.health(),
    backups: store.backups(),
    settings: settings.health(),
    keychain,
    leftKeys,
    background,
    history,
    notifications
  })
  const notify = (): void => emit('health:changed', now())
  store.onHealth(notify)
  return {
    now,
    notify,
    onKeychain: (state: Health['keychain']): void => {
      if (state === keychain) return
      keychain = state
      notify()
    },
    onLeftKeys: (accountNames: readonly string[]): void => {
      if (accountNames.join('\n') === leftKeys.join('\n')) return
      leftKeys = accountNames.slice(0, 200)
      notify()
    },
    /** `reference` null: the task works again. */
    onBackground: (task: BackgroundTask, reference: string | null): void => {
      const others = background.filter((entry) => entry.task !== task)
      background = reference === null ? others : [...others, { task, reference }]
      notify()
    },
    onHistory: (next: Health['history']): void => {
      history = next
      notify()
    },
    onNotifications: (state: Health['notifications']): void => {
      if (state === notifications) return
      notifications = state
      notify()
    },
    /** True once the keychain answered in this run: asking again then opens no prompt that nobody expects. */
    isKeychainOpen: (): boolean => keychain === 'ok'
  }
}
