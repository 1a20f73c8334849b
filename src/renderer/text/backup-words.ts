import type { RestoreRun } from '../../shared/domain/backup.ts'
import { t } from '../../shared/messages/messages.ts'
import { allOf, exactTime, shortDate } from './time-words.ts'

type Found = NonNullable<RestoreRun['found']>

/** As many names stand in a line. */
const mostNames = 4

const namesText = (names: readonly string[]): string =>
  names.length <= mostNames
    ? allOf(names)
    : t('restore.more', {
        names: names.slice(0, mostNames).join(', '),
        count: names.length - mostNames
      })

/** Where the backup comes from, and from when. */
export const backupOrigin = ({ facts, isOwn }: Found): string => {
  const { madeAt, appVersion: version, computer, firstRecordAt, lastRecordAt } = facts
  const about = { at: exactTime(madeAt), version }
  const made = isOwn ? t('restore.madeHere', about) : t('restore.made', { ...about, computer })
  if (firstRecordAt === null || lastRecordAt === null) return made
  const range = { from: shortDate(firstRecordAt), until: shortDate(lastRecordAt) }
  return `${made}. ${t('restore.range', range)}.`
}

/** What the backup brings, line by line; empty: everything in it is here. */
export const backupBrings = ({ look }: Found): readonly string[] => {
  const added = look.accounts.filter(({ isKnown }) => !isKnown).map(({ name }) => name)
  return [
    added.length > 0 && t('restore.accountsNew', { names: namesText(added) }),
    look.assets > 0 && t('restore.assets', { count: look.assets }),
    look.persons.length > 0 && t('restore.persons', { names: namesText(look.persons) }),
    look.consentNotes > 0 && t('restore.consentNotes', { count: look.consentNotes }),
    look.notes > 0 && t('restore.notes', { count: look.notes }),
    look.drafts > 0 && t('restore.drafts', { count: look.drafts }),
    look.deletions > 0 && t('restore.deletions', { count: look.deletions }),
    look.openDeletions > 0 && t('restore.openDeletions', { count: look.openDeletions }),
    look.records > 0 && t('restore.records', { count: look.records })
  ].filter((line) => line !== false)
}

/** Accounts that are recognized, so that nobody looks for them twice; null: none. */
export const knownAccounts = ({ look }: Found): string | null => {
  const known = look.accounts.filter(({ isKnown }) => isKnown).map(({ name }) => name)
  return known.length === 0 ? null : t('restore.accountsKnown', { names: namesText(known) })
}
