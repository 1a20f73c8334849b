import '../../ui/modal-styles.ts'
import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { HistoryView } from '../../../shared/domain/history.ts'
import type { AppError } from '../../../shared/errors.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { missing } from '../../text/missing.ts'
import { viewName } from '../../text/view-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import { useFilterNames } from './use-filter-names.ts'
import classes from './view-dialog.module.css'

const longestName = 80

/** Asks for the name of a view; `view` null: of a new one, of the filter that is on. */
export const ViewDialog = ({ view }: { readonly view: HistoryView | null }) => {
  useFocusReturn()
  const close = useApp((state) => state.closeViewForm)
  const saveView = useApp((state) => state.saveView)
  const filter = useApp((state) => state.historyFilter)
  const names = useFilterNames()
  const [name, setName] = useState((view?.name ?? viewName(filter, names)).slice(0, longestName))
  const [error, setError] = useState<AppError | null>(null)
  const form = useRefusalFocus(error)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (wanted === '') setError(missing('name'))
    else void saveView(view, wanted)
  }
  return (
    <Modal
      opened
      onClose={close}
      title={view === null ? t('history.views.save') : t('history.views.rename')}
      withCloseButton={false}
      size={420}
    >
      <form ref={form} noValidate onSubmit={save}>
        <TextInput
          data-autofocus
          label={t('history.views.name')}
          value={name}
          maxLength={longestName}
          dir="auto"
          error={error === null ? null : t('issue.no-name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes['actions']}>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled">
            {t('history.views.saveButton')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
