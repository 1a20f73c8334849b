import '../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { commandLabel, listKeyLabel } from '../../shared/command-labels.ts'
import { commands, historyKeys, type Keys, keyCaps, libraryKeys } from '../../shared/commands.ts'
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
  const rowsOf = <Key extends string>(
    table: Readonly<Record<Key, Keys>>,
    labelOf: (key: NoInfer<Key>) => string
  ): readonly Row[] =>
    (Object.keys(table) as Key[]).flatMap((key) => {
      const keys = table[key]
      return keys === null ? [] : [{ label: labelOf(key), caps: keyCaps(keys, isMac) }]
    })
  return (
    <Modal opened onClose={close} title={t('shortcuts.title')} withCloseButton={false} size={640}>
      <div className={classes['columns']}>
        <Group title={t('shortcuts.everywhere')} rows={rowsOf(commands, commandLabel)} />
        <div>
          <Group title={t('shortcuts.inLibrary')} rows={rowsOf(libraryKeys, listKeyLabel)} />
          <Group title={t('shortcuts.inHistory')} rows={rowsOf(historyKeys, listKeyLabel)} />
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
