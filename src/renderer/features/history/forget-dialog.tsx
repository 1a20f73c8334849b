import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import type { AskedToForget } from '../../state/forgetting-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { forgetLines, keeperLine } from '../../text/forget-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './forget-dialog.module.css'

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <ul className={classes['lines']}>
    {lines.map((line) => (
      <li key={line} dir="auto">
        {line}
      </li>
    ))}
  </ul>
)

/** Says what would be forgotten, and what not, and asks; or says why it cannot be. */
export const ForgetDialog = ({ asked: { preview } }: { readonly asked: AskedToForget }) => {
  useFocusReturn()
  const close = useApp((state) => state.closeForgetting)
  const forgetNames = useApp((state) => state.forgetNames)
  const [isRunning, setIsRunning] = useState(false)
  const { name, obstacle, keepers } = preview
  return (
    <Modal
      opened
      onClose={() => !isRunning && close()}
      title={t('forget.title', { name })}
      withCloseButton={false}
      size={480}
    >
      <p className={classes['text']}>
        {obstacle === null ? t('forget.text') : t(`forget.obstacle.${obstacle}`)}
      </p>
      {obstacle === null && <Lines lines={forgetLines(preview)} />}
      {obstacle === null && keepers.length > 0 && (
        <>
          <h3 className={classes['heading']}>{t('forget.keepers')}</h3>
          <Lines lines={keepers.map(keeperLine)} />
        </>
      )}
      <div className={classes['actions']}>
        <Button onClick={close} disabled={isRunning} data-autofocus>
          {obstacle === null ? t('common.cancel') : t('common.close')}
        </Button>
        {obstacle === null && (
          <Button
            variant="filled"
            loading={isRunning}
            onClick={() => {
              setIsRunning(true)
              void forgetNames()
            }}
          >
            {t('forget.confirm')}
          </Button>
        )}
      </div>
    </Modal>
  )
}
