import { Button } from '@mantine/core'
import { Suspense, useMemo, useState } from 'react'
import type { Draft } from '../../../shared/domain/draft.ts'
import { t } from '../../../shared/messages/messages.ts'
import { type DraftStanding, draftStanding } from '../../state/draft-standing.ts'
import { useApp } from '../../state/use-app.ts'
import { standingTones } from '../../text/draft-verdict.ts'
import { loadedLater } from '../../ui/preloaded.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './drafts-foot.module.css'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)
const ApplyDialog = loadedLater(async () => (await import('./apply-dialog.tsx')).ApplyDialog)

const standings = Object.keys(standingTones) as readonly DraftStanding[]

const countStandings = (drafts: readonly Draft[]): Readonly<Record<DraftStanding, number>> => {
  const counts = { ready: 0, 'needs-you': 0, creating: 0, unclear: 0, unsettled: 0, created: 0 }
  for (const draft of drafts) counts[draftStanding(draft)] += 1
  return counts
}

/** How the drafts stand, and what can be done with all of them at once; always in view. */
export const DraftsFoot = ({ onOutcome }: { readonly onOutcome: () => void }) => {
  const drafts = useApp((state) => state.drafts)
  const creatingLeft = useApp((state) => state.creatingLeft)
  const createAllReady = useApp((state) => state.createAllReady)
  const discardAllDrafts = useApp((state) => state.discardAllDrafts)
  const [asking, setAsking] = useState<'discard' | 'apply' | null>(null)
  const counts = useMemo(() => countStandings(drafts), [drafts])
  const isCreating = creatingLeft > 0
  return (
    <section className={classes['foot']} aria-label={t('creation.summary')} data-foot>
      <div className={classes['counts']} role="status">
        <strong>{t('creation.drafts', { count: drafts.length })}</strong>
        {standings.map(
          (standing) =>
            counts[standing] > 0 && (
              <StateMark
                key={standing}
                tone={standingTones[standing]}
                text={t(`draft.standing.${standing}`, { count: counts[standing] })}
              />
            )
        )}
      </div>
      <Button disabled={isCreating} onClick={() => setAsking('apply')}>
        {t('creation.applyToAll')}
      </Button>
      <Button disabled={isCreating} onClick={() => setAsking('discard')}>
        {t('creation.discardAll')}
      </Button>
      <Button
        variant="filled"
        aria-label={isCreating ? undefined : t('creation.createAll')}
        disabled={!isCreating && counts.ready === 0}
        aria-busy={isCreating}
        onClick={() => !isCreating && void createAllReady().then(onOutcome)}
      >
        {isCreating
          ? t('creation.creatingAll', { left: creatingLeft })
          : t('creation.createAllCount', { ready: counts.ready })}
      </Button>
      <Suspense fallback={null}>
        {asking === 'apply' && <ApplyDialog onClose={() => setAsking(null)} />}
        {asking === 'discard' && (
          <ConfirmDialog
            title={t('creation.discardAllTitle')}
            text={t('creation.discardAllText')}
            confirmLabel={t('creation.discardAll')}
            cancelLabel={t('common.cancel')}
            onConfirm={discardAllDrafts}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </section>
  )
}
