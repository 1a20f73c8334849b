import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import type { LostKey } from '../../state/receipts-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { newKeyLines } from '../../text/receipt-words.ts'
import classes from './new-key-dialog.module.css'

/** Asks whether another key should sign receipts from now on, and tells what that means. */
export const NewKeyDialog = ({ lostKey: { error } }: { readonly lostKey: LostKey }) => {
  const closeLostKey = useApp((state) => state.closeLostKey)
  const makeNewKey = useApp((state) => state.makeNewKey)
  const [isMaking, setIsMaking] = useState(false)
  return (
    <Modal
      opened
      onClose={closeLostKey}
      title={t('receipts.makeKeyTitle')}
      withCloseButton={false}
      size={480}
    >
      <ul className={classes['lines']}>
        {newKeyLines(error.how === 'damaged').map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={classes['key']}>
        {t('receipts.oldKey')}
        <code>{error.fingerprint}</code>
      </p>
      <div className={classes['actions']}>
        <Button onClick={closeLostKey} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button
          variant="filled"
          loading={isMaking}
          onClick={() => {
            setIsMaking(true)
            void makeNewKey()
          }}
        >
          {t('receipts.makeKey')}
        </Button>
      </div>
    </Modal>
  )
}
