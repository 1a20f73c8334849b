import '../../ui/modal-styles.ts'
import { Button, Modal } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import type { ReceiptVerdict } from '../../../shared/domain/receipt-verdict.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { keyWords, verdictTitle } from '../../text/receipt-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import classes from './verdict-dialog.module.css'

/** What checking a receipt found: calm where it is in order, each reason where it is not. */
export const VerdictDialog = ({ verdict }: { readonly verdict: ReceiptVerdict }) => {
  useFocusReturn()
  const closeVerdict = useApp((state) => state.closeVerdict)
  const verifyReceipt = useApp((state) => state.verifyReceipt)
  const isVerifying = useApp((state) => state.isVerifying)
  const { isGood, findings, fileName, keyFingerprint } = verdict
  const Sign = isGood ? IconShieldCheck : IconShieldX
  const key = keyWords(verdict)
  return (
    <Modal.Root opened onClose={closeVerdict} size={520} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes['head']} data-good={isGood}>
          <Sign size={30} aria-hidden="true" className={classes['sign']} />
          <div className={classes['what']}>
            <Modal.Title className={classes['title']}>{verdictTitle(verdict)}</Modal.Title>
            <p className={classes['file']}>
              <bdi>{fileName}</bdi>
            </p>
          </div>
        </div>
        <div className={classes['body']}>
          <section>
            <h3 className={classes['heading']}>
              {isGood ? t('receipts.checked') : t('receipts.reasons')}
            </h3>
            <ul className={classes['findings']}>
              {findings.map(({ code, text }) => (
                <li key={`${code} ${text}`}>{text}</li>
              ))}
            </ul>
          </section>
          {keyFingerprint !== null && (
            <section>
              <h3 className={classes['heading']}>{key.title}</h3>
              <p>
                <code>{keyFingerprint}</code>
              </p>
              {key.owner !== null && <p className={classes['dim']}>{key.owner}</p>}
            </section>
          )}
          {isGood && <p className={classes['dim']}>{t('receipts.claim')}</p>}
        </div>
        <div className={classes['actions']}>
          <Button loading={isVerifying} onClick={() => void verifyReceipt()}>
            {t('receipts.another')}
          </Button>
          <Button variant="filled" data-autofocus onClick={closeVerdict}>
            {t('receipts.close')}
          </Button>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
