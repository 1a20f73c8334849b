import { Button } from '@mantine/core'
import { Suspense, useEffect, useRef, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { MessageBox } from '../../ui/message-box.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { loadedLater } from '../../ui/preloaded.tsx'
import { ClearHistory } from './clear-history.tsx'
import { Row, Section } from './section.tsx'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)

const years = [0, 1, 2, 3, 5, 10] as const

const yearsText = (count: number): string =>
  count === 0 ? t('keeping.everything') : t('keeping.years', { count })

const Years = ({
  label,
  value,
  onChange
}: {
  readonly label: string
  readonly value: number
  readonly onChange: (years: number) => void
}) => (
  <PillSelect
    label={label}
    value={String(value)}
    choices={years.map((count) => ({ value: String(count), label: yearsText(count) }))}
    onChange={(chosen) => onChange(Number(chosen))}
  />
)

const OldPictures = ({ count }: { readonly count: number }) => {
  const remove = useApp((state) => state.removeOldPictures)
  const [isAsking, setIsAsking] = useState(false)
  return (
    <MessageBox
      tone="warn"
      title={t('keeping.oldPictures', { count })}
      text={t('keeping.oldPicturesText')}
      actions={<Button onClick={() => setIsAsking(true)}>{t('keeping.removePictures')}</Button>}
    >
      <Suspense fallback={null}>
        {isAsking && (
          <ConfirmDialog
            title={t('keeping.removeTitle', { count })}
            text={t('keeping.removeText')}
            confirmLabel={t('keeping.removeConfirm')}
            cancelLabel={t('common.cancel')}
            onConfirm={remove}
            onClose={() => setIsAsking(false)}
          />
        )}
      </Suspense>
    </MessageBox>
  )
}

/** How long pictures and the history are kept, and what is older; nothing of it goes without the person. */
export const Keeping = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  const overdue = useApp((state) => state.overdue)
  const load = useApp((state) => state.loadOverdue)
  const { keepPicturesYears, keepRecordsYears } = settings
  const heading = useRef<HTMLHeadingElement>(null)
  const isWanted = useApp((state) => state.isKeepingWanted)
  const leave = useApp((state) => state.leaveKeeping)
  useEffect(() => void load(), [load])
  useEffect(() => {
    if (!isWanted || overdue === null) return
    heading.current?.scrollIntoView({ block: 'start' })
    heading.current?.focus({ preventScroll: true })
    leave()
  }, [isWanted, overdue, leave])
  const change = async (patch: Parameters<typeof updateSettings>[0]) => {
    await updateSettings(patch)
    await load()
  }
  return (
    <Section title={t('keeping.title')} headingRef={heading}>
      <Row label={t('keeping.pictures')} hint={t('keeping.hint')}>
        <Years
          label={t('keeping.pictures')}
          value={keepPicturesYears}
          onChange={(chosen) => void change({ keepPicturesYears: chosen })}
        />
      </Row>
      <Row label={t('keeping.records')}>
        <Years
          label={t('keeping.records')}
          value={keepRecordsYears}
          onChange={(chosen) => void change({ keepRecordsYears: chosen })}
        />
      </Row>
      {overdue !== null && overdue.pictures > 0 && <OldPictures count={overdue.pictures} />}
      {overdue !== null && overdue.records > 0 && (
        <MessageBox
          tone="warn"
          title={t('keeping.oldRecords', { count: overdue.records })}
          text={t('keeping.oldRecordsText')}
          actions={<ClearHistory />}
        />
      )}
    </Section>
  )
}
