import type { ForgetPreview, NameKeeper } from '../../shared/domain/forgetting.ts'
import { t } from '../../shared/messages/messages.ts'

/** What forgetting a name does, line by line. */
export const forgetLines = (preview: ForgetPreview): readonly string[] => {
  const { things, persons, records, notes, checks, copies } = preview
  return [
    t('forget.records', { count: records }),
    ...(things > 1 ? [t('forget.things', { count: things })] : []),
    ...(persons > 0 ? [t('forget.person', { count: notes })] : []),
    ...(checks > 0 ? [t('forget.checks', { count: checks })] : []),
    t('forget.copies', { count: copies }),
    t('forget.handedOut')
  ]
}

/** "Replica “Ana 2”, which is still listed". */
export const keeperLine = ({ what, name }: NameKeeper): string =>
  t(`forget.keeper.${what}`, { name })
