import '../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import {
  type CommandWords,
  commands,
  historyKeys,
  keyCaps,
  libraryKeys
} from '../../shared/commands.ts'
import { t } from '../../shared/messages/messages.ts'
import { useApp } from '../state/use-app.ts'
import { useFocusReturn } from '../ui/focus-return.ts'
import { KeyCaps } from '../ui/key-caps.tsx'
import classes from './shortcut-sheet.module.css'

interface Row {
  readonly label: string
  readonly caps: readonly string[]
}

const Group = ({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) => (
  <section>
    <h3 className={classes['heading']}>{title}</h3>
    <dl className={classes['rows']}>
      {rows.map(({ label, caps }) => (
        <div key={label} className={classes['row']}>
          <dt>{label}</dt>
          <dd>
            <KeyCaps caps={caps} />
          </dd>
        </div>
      ))}
    </dl>
  </section>
)

/** Every key there is, on one page. */
export const ShortcutSheet = () => {
  useFocusReturn()
  const close = useApp((state) => state.closeOverlay)
  const isMac = useApp(({ boot }) => boot.kind === 'ready' && boot.value.platform === 'mac')
  const rowsOf = (table: Readonly<Record<string, CommandWords>>): readonly Row[] =>
    Object.values(table).flatMap(({ label, keys }) =>
      keys === null ? [] : [{ label, caps: keyCaps(keys, isMac) }]
    )
  return (
    <Modal opened onClose={close} title={t('shortcuts.title')} withCloseButton={false} size={640}>
      <div className={classes['columns']}>
        <Group title={t('shortcuts.everywhere')} rows={rowsOf(commands)} />
        <div>
          <Group title={t('shortcuts.inLibrary')} rows={rowsOf(libraryKeys)} />
          <Group title={t('shortcuts.inHistory')} rows={rowsOf(historyKeys)} />
        </div>
      </div>
      <div className={classes['actions']}>
        <Button data-autofocus onClick={close}>
          {t('common.close')}
        </Button>
      </div>
    </Modal>
  )
}
