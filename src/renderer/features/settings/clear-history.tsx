import { Button } from '@mantine/core'
import { Suspense, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { loadedLater } from '../../ui/preloaded.tsx'

const ConfirmDialog = loadedLater(
  async () => (await import('../../ui/confirm-dialog.tsx')).ConfirmDialog
)

interface Asking {
  /** The last record when the question was put; main clears nothing if there is a later one. */
  readonly headSeq: number
  readonly isSecondTime: boolean
}

/** Asks twice, each time with what goes and what stays. */
export const ClearHistory = () => {
  const countHistory = useApp((state) => state.countHistory)
  const clearHistory = useApp((state) => state.clearHistory)
  const [asking, setAsking] = useState<Asking | null>(null)
  const begin = async () => {
    const headSeq = await countHistory()
    if (headSeq !== null) setAsking({ headSeq, isSecondTime: false })
  }
  const count = asking?.headSeq ?? 0
  return (
    <>
      <Button onClick={() => void begin()}>{t('settings.clearHistory')}</Button>
      <Suspense fallback={null}>
        {asking?.isSecondTime === false && (
          <ConfirmDialog
            title={t('settings.clearTitle')}
            text={t('settings.clearText', { count })}
            confirmLabel={t('settings.clearNext')}
            cancelLabel={t('common.cancel')}
            onConfirm={async () => setAsking({ ...asking, isSecondTime: true })}
            onClose={() => setAsking((now) => (now?.isSecondTime === true ? now : null))}
          />
        )}
        {asking?.isSecondTime === true && (
          <ConfirmDialog
            title={t('settings.clearAgainTitle', { count })}
            text={t('settings.clearAgainText')}
            confirmLabel={t('settings.clearConfirm')}
            cancelLabel={t('common.cancel')}
            onConfirm={() => clearHistory(asking.headSeq)}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </>
  )
}
