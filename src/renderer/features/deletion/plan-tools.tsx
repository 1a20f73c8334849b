import { Button } from '@mantine/core'
import { t } from '../../../shared/messages/messages.ts'
import type { OpenPlan } from '../../state/plan-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeFileError } from '../../text/describe-error.ts'
import { archivedText, gapText } from '../../text/plan-words.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import classes from './plan-dialog.module.css'

const mostGaps = 3

/** What became of the copy and of the export. */
export const PlanSaved = ({ open }: { readonly open: OpenPlan }) => {
  const { archive, exportedAs } = open
  return (
    <>
      {archive.kind === 'loading' && (
        <MessageBox isLive tone="busy" title={t('plan.archiving')} text="" />
      )}
      {archive.kind === 'failed' && (
        <MessageBox
          isLive
          tone="bad"
          title={t('plan.archiveFailed')}
          text={describeFileError(archive.error).title}
        />
      )}
      {archive.kind === 'ready' && (
        <MessageBox
          isLive
          tone={archive.value.gaps.length === 0 ? 'good' : 'warn'}
          title={archivedText(
            archive.value.folderName,
            archive.value.files.length,
            archive.value.gaps.length
          )}
          text={archive.value.gaps
            .slice(0, mostGaps)
            .map(({ name, reason }) => gapText(name, reason))
            .join(' ')}
        />
      )}
      {exportedAs !== null && (
        <MessageBox isLive tone="good" title={t('plan.exported', { path: exportedAs })} text="" />
      )}
    </>
  )
}

interface Props {
  readonly open: OpenPlan
  readonly canSchedule: boolean
  readonly isScheduling: boolean
  readonly onSchedule: () => void
}

/** What can be done with a plan short of running it now. */
export const PlanTools = ({ open, canSchedule, isScheduling, onSchedule }: Props) => {
  const exportPlan = useApp((state) => state.exportPlan)
  const archivePlan = useApp((state) => state.archivePlan)
  const isBusy = open.plan.kind !== 'ready' || open.run === 'running'
  return (
    <div className={classes['tools']}>
      <Button size="xs" disabled={isBusy} onClick={() => void exportPlan()}>
        {t('plan.exportPlan')}
      </Button>
      <Button
        size="xs"
        disabled={isBusy}
        loading={open.archive.kind === 'loading'}
        onClick={() => void archivePlan()}
      >
        {t('plan.archive')}
      </Button>
      {canSchedule && (
        <Button size="xs" disabled={isBusy} aria-pressed={isScheduling} onClick={onSchedule}>
          {isScheduling ? t('plan.scheduleNow') : t('plan.schedule')}
        </Button>
      )}
    </div>
  )
}
