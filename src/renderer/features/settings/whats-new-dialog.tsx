import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import type { ReleaseNotes } from '../../../shared/domain/update.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './whats-new-dialog.module.css'

const Release = ({ release }: { readonly release: ReleaseNotes }) => (
  <section className={classes['release']}>
    <h3>
      {release.version === null
        ? t('whatsNew.unreleased')
        : t('whatsNew.release', { version: release.version })}
    </h3>
    {/* The changelog is written in English alone. */}
    <div lang="en">
      {release.groups.map(({ title, items }) => (
        <div key={title}>
          <h4 className={classes['group']}>{title}</h4>
          <ul className={classes['items']}>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  </section>
)

/** What this version and those right before it changed. */
export const WhatsNewDialog = ({ releases }: { readonly releases: readonly ReleaseNotes[] }) => {
  useFocusReturn()
  const close = useApp((state) => state.closeWhatsNew)
  return (
    <Modal.Root opened onClose={close} size={640} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header className={classes['head']}>
          <Modal.Title>{t('whatsNew.title')}</Modal.Title>
        </Modal.Header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className={classes['body']} tabIndex={0} aria-label={t('whatsNew.title')}>
          {releases.length === 0 && <p>{t('whatsNew.none')}</p>}
          {releases.map((release) => (
            <Release key={release.version} release={release} />
          ))}
        </section>
        <div className={classes['actions']}>
          <Button variant="filled" data-autofocus onClick={close}>
            {t('common.close')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
