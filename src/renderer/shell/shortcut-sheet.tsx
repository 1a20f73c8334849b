import '../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { commands, keyCaps } from '../../shared/commands.ts'
import { useApp } from '../state/use-app.ts'
import { words } from '../text/words.ts'
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
  const close = useApp((state) => state.closeOverlay)
  const isMac = useApp(({ boot }) => boot.kind === 'ready' && boot.value.platform === 'mac')
  const { shortcuts } = words
  const everywhere = Object.values(commands).flatMap(({ label, keys }) =>
    keys === null ? [] : [{ label, caps: keyCaps(keys, isMac) }]
  )
  const inLists = shortcuts.listRows.map(([keys, label]) => ({ label, caps: keys.split(' ') }))
  return (
    <Modal opened onClose={close} title={shortcuts.title} withCloseButton={false} size={640}>
      <div className={classes['columns']}>
        <Group title={shortcuts.everywhere} rows={everywhere} />
        <Group title={shortcuts.inLists} rows={inLists} />
      </div>
      <div className={classes['actions']}>
        <Button data-autofocus onClick={close}>
          {words.common.close}
        </Button>
      </div>
    </Modal>
  )
}
