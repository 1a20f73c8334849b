import './modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import classes from './confirm-dialog.module.css'
import { useFocusReturn } from './focus-return.ts'

interface Props {
  readonly title: string
  readonly text: string
  readonly confirmLabel: string
  readonly cancelLabel: string
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
}

export const ConfirmDialog = ({
  title,
  text,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onClose
}: Props) => {
  useFocusReturn()
  const [isRunning, setIsRunning] = useState(false)
  return (
    <Modal opened onClose={onClose} title={title} withCloseButton={false} size={440}>
      <p className={classes['text']}>{text}</p>
      <div className={classes['actions']}>
        <Button onClick={onClose} data-autofocus>
          {cancelLabel}
        </Button>
        <Button
          variant="filled"
          loading={isRunning}
          onClick={() => {
            setIsRunning(true)
            void onConfirm().finally(onClose)
          }}
        >
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  )
}
