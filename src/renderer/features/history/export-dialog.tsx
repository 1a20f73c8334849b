import '../../ui/modal-styles.ts'
import '@mantine/core/styles/Radio.layer.css'
import '@mantine/core/styles/InlineInput.layer.css'
import { Button, Modal, Radio } from '@mantine/core'
import { useState } from 'react'
import type {
  HistoryExport,
  HistoryExportFormat,
  HistorySelection
} from '../../../shared/domain/history-export.ts'
import { isFiltered } from '../../../shared/history-filter.ts'
import { t } from '../../../shared/messages/messages.ts'
import { type ExportDialogFor, isExporting } from '../../state/export-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { describeFileError } from '../../text/describe-error.ts'
import { savedExportWords } from '../../text/export-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import classes from './export-dialog.module.css'

type Scope = HistorySelection['scope']

const formats = ['report', 'pdf', 'csv', 'jsonl'] as const satisfies readonly HistoryExportFormat[]

interface ChoicesProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly hint: string
  }[]
  readonly onChange: (value: Value) => void
}

const Choices = <Value extends string>({
  label,
  value,
  choices,
  onChange
}: ChoicesProps<Value>) => (
  <Radio.Group
    className={classes['group']}
    classNames={{ label: classes['label'] ?? '' }}
    label={label}
    value={value}
    onChange={(next) => {
      const chosen = choices.find((choice) => choice.value === next)
      if (chosen !== undefined) onChange(chosen.value)
    }}
  >
    <div className={classes['choices']}>
      {choices.map((choice) => (
        <Radio
          key={choice.value}
          value={choice.value}
          label={<bdi>{choice.label}</bdi>}
          description={choice.hint}
          classNames={{ description: classes['hint'] ?? '' }}
        />
      ))}
    </div>
  </Radio.Group>
)

const Failure = ({ error }: { readonly error: NonNullable<HistoryExport['error']> }) => {
  const { meaning, advice } = describeFileError(error)
  return (
    <div className={classes['failure']}>
      <MessageBox isLive tone="bad" title={t('failed.export')} text={`${meaning} ${advice}`} />
    </div>
  )
}

/** What to export and as what. The system asks where. */
const Chooser = ({ story }: ExportDialogFor) => {
  const filter = useApp((state) => state.historyFilter)
  const last = useApp((state) => state.historyExport)
  const beginExport = useApp((state) => state.beginExport)
  const closeExport = useApp((state) => state.closeExport)
  const scopes = [
    ...(story === null ? [] : (['story'] as const)),
    ...(isFiltered(filter) ? (['shown'] as const) : []),
    'all' as const
  ]
  const [wanted, setWanted] = useState<Scope>(scopes[0] ?? 'all')
  const [format, setFormat] = useState<HistoryExportFormat>(last?.format ?? 'report')
  const [isAsking, setIsAsking] = useState(false)
  // The filter can be taken off while the dialog is open.
  const scope = scopes.find((one) => one === wanted) ?? 'all'

  const selection = (): HistorySelection => {
    if (scope === 'story' && story !== null) return { scope, ref: story.ref }
    return scope === 'shown' ? { scope, filter } : { scope: 'all' }
  }
  const begin = async () => {
    setIsAsking(true)
    await beginExport(selection(), format)
    setIsAsking(false)
  }
  return (
    <>
      {last?.error != null && <Failure error={last.error} />}
      {last?.state === 'stopped' && (
        <div className={classes['failure']}>
          <MessageBox
            isLive
            tone="quiet"
            title={t('exportDialog.stopped')}
            text={t('exportDialog.stoppedText')}
          />
        </div>
      )}
      {scopes.length > 1 && (
        <Choices
          label={t('exportDialog.what')}
          value={scope}
          onChange={setWanted}
          choices={scopes.map((value) => ({
            value,
            label:
              value === 'story'
                ? t('history.story.label', { name: story?.name ?? '' })
                : t(`exportDialog.scope.${value}`),
            hint: t(`exportDialog.scopeHint.${value}`)
          }))}
        />
      )}
      <Choices
        label={t('exportDialog.as')}
        value={format}
        onChange={setFormat}
        choices={formats.map((value) => ({
          value,
          label: t(`exportDialog.format.${value}`),
          hint: t(`exportDialog.formatHint.${value}`)
        }))}
      />
      <div className={classes['actions']}>
        <Button onClick={closeExport}>{t('common.cancel')}</Button>
        <Button variant="filled" loading={isAsking} data-autofocus onClick={() => void begin()}>
          {t('exportDialog.save')}
        </Button>
      </div>
    </>
  )
}

const UnderWay = ({ now }: { readonly now: HistoryExport }) => {
  const stopExport = useApp((state) => state.stopExport)
  const closeExport = useApp((state) => state.closeExport)
  const { state, done, all } = now
  const phase = state === 'checking' || state === 'writing' ? state : 'preparing'
  return (
    <>
      <MessageBox
        tone="busy"
        title={t(`exportDialog.${phase}`)}
        text={t('exportDialog.progress', { done, all })}
      >
        <div className={classes['bar']}>
          <ProgressBar
            percent={all === 0 ? 0 : Math.min(100, (100 * done) / all)}
            label={t('exportDialog.title')}
          />
        </div>
      </MessageBox>
      <div className={classes['actions']}>
        <Button onClick={closeExport}>{t('exportDialog.hide')}</Button>
        <Button onClick={() => void stopExport()}>{t('exportDialog.stop')}</Button>
      </div>
    </>
  )
}

const Saved = ({ saved }: { readonly saved: NonNullable<HistoryExport['saved']> }) => {
  const showExport = useApp((state) => state.showExport)
  const closeExport = useApp((state) => state.closeExport)
  return (
    <>
      <MessageBox isLive {...savedExportWords(saved)} />
      <div className={classes['actions']}>
        <Button onClick={() => void showExport()}>{t('exportDialog.show')}</Button>
        <Button variant="filled" onClick={closeExport} data-autofocus>
          {t('common.close')}
        </Button>
      </div>
    </>
  )
}

const Content = ({ story }: ExportDialogFor) => {
  const now = useApp((state) => state.historyExport)
  if (now !== null && isExporting(now)) return <UnderWay now={now} />
  return now?.saved == null ? <Chooser story={story} /> : <Saved saved={now.saved} />
}

/** Exports the history, or the story of one thing. It goes on without the dialog. */
export const ExportDialog = ({ story }: ExportDialogFor) => {
  useFocusReturn()
  const closeExport = useApp((state) => state.closeExport)
  return (
    <Modal
      opened
      onClose={closeExport}
      title={t('exportDialog.title')}
      withCloseButton={false}
      size={480}
    >
      <Content story={story} />
    </Modal>
  )
}
