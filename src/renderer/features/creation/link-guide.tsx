import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { t } from '../../../shared/messages/messages.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './upload-progress.module.css'

/** How to come by a link without a bucket that the app knows. */
export const LinkGuide = ({ onClose }: { readonly onClose: () => void }) => {
  useFocusReturn()
  return (
    <Modal opened onClose={onClose} title={t('guide.title')} withCloseButton={false} size={520}>
      <div className={classes['guide']}>
        <p>{t('guide.intro')}</p>
        {(['s3', 'r2', 'drive', 'dropbox'] as const).map((service) => (
          <section key={service}>
            <h3>{t(`guide.${service}`)}</h3>
            <p>{t(`guide.${service}Steps`)}</p>
          </section>
        ))}
        <Button data-autofocus onClick={onClose}>
          {t('guide.close')}
        </Button>
      </div>
    </Modal>
  )
}
