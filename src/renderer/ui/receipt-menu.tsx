import { Button } from '@mantine/core'
import { IconFileTypePdf, IconShieldCheck } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { MenuPoint } from './floating-menu.tsx'
import { loadedLater } from './preloaded.tsx'

const FloatingMenu = loadedLater(async () => (await import('./floating-menu.tsx')).FloatingMenu)

interface Props {
  readonly className?: string | undefined
  readonly size?: 'xs' | 'sm'
  readonly onSave: (format: 'pdf' | 'json') => void
}

/** A receipt to read, or one for a program to check. */
export const ReceiptMenu = ({ className, size = 'xs', onSave }: Props) => {
  const [at, setAt] = useState<MenuPoint | null>(null)
  const icon = { size: 16, 'aria-hidden': true } as const
  return (
    <>
      <Button
        size={size}
        className={className ?? ''}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt({ x: box.right, y: box.bottom })
        }}
      >
        {t('batches.saveReceipt')}
      </Button>
      <Suspense fallback={null}>
        {at !== null && (
          <FloatingMenu
            label={t('batches.saveReceipt')}
            at={at}
            onClose={() => setAt(null)}
            groups={[
              [
                {
                  label: t('batches.receiptPdf'),
                  icon: <IconFileTypePdf {...icon} />,
                  run: () => onSave('pdf')
                },
                {
                  label: t('batches.receiptJson'),
                  icon: <IconShieldCheck {...icon} />,
                  run: () => onSave('json')
                }
              ]
            ]}
          />
        )}
      </Suspense>
    </>
  )
}
