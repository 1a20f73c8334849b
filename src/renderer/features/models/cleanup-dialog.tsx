import '../../ui/modal-styles.ts'
import '@mantine/core/styles/InlineInput.layer.css'
import '@mantine/core/styles/Switch.layer.css'
import { Button, Modal, NativeSelect, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { useFocusReturn } from '../../ui/focus-return.ts'
import { useRefusalFocus } from '../../ui/refusal-focus.ts'
import classes from './model-dialogs.module.css'

const dayMs = 86_400_000
const ageDays = { any: null, month: 30, quarter: 90, year: 365 } as const
type Age = keyof typeof ageDays
const ages = Object.keys(ageDays) as readonly Age[]

const beforeAt = (age: Age, nowMs: number): string | null => {
  const days = ageDays[age]
  return days === null ? null : new Date(nowMs - days * dayMs).toISOString()
}

const mostKept = 2000

/** What of the versions stays; the plan that follows says what goes. */
export const CleanupDialog = ({ model }: { readonly model: Asset }) => {
  useFocusReturn()
  const closeCleanup = useApp((state) => state.closeCleanup)
  const planCleanup = useApp((state) => state.planCleanup)
  const [keep, setKeep] = useState('3')
  const [keepDeployed, setKeepDeployed] = useState(true)
  const [age, setAge] = useState<Age>('any')
  const [refusal, setRefusal] = useState<object | null>(null)
  const form = useRefusalFocus(refusal)
  const keepNewest = Number(keep)
  const isWhole = /^\d{1,4}$/.test(keep) && keepNewest <= mostKept

  const next = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) {
      setRefusal({})
      return
    }
    void planCleanup(model, {
      keepNewest,
      keepDeployed,
      createdBeforeAt: beforeAt(age, Date.now())
    })
  }

  return (
    <Modal
      opened
      onClose={closeCleanup}
      title={t('models.cleanup.title', { name: assetName(model) })}
      withCloseButton={false}
      size={460}
    >
      <form ref={form} className={classes['form']} onSubmit={next} noValidate autoComplete="off">
        <p className={classes['dim']}>{t('models.cleanup.text')}</p>
        <TextInput
          data-autofocus
          type="number"
          min={0}
          max={mostKept}
          label={t('models.cleanup.keepNewest')}
          description={t('models.cleanup.keepNewestHint')}
          value={keep}
          error={isWhole ? null : t('models.cleanup.notANumber', { most: mostKept })}
          onChange={(event) => setKeep(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('models.cleanup.age')}
          value={age}
          data={ages.map((value) => ({ value, label: t(`models.cleanup.ages.${value}`) }))}
          onChange={(event) => {
            const { value } = event.currentTarget
            setAge(ages.find((known) => known === value) ?? 'any')
          }}
        />
        <Switch
          classNames={{ description: classes['switchHint'] }}
          label={t('models.cleanup.keepDeployed')}
          description={t('models.cleanup.keepDeployedHint')}
          checked={keepDeployed}
          onChange={(event) => setKeepDeployed(event.currentTarget.checked)}
        />
        <div className={classes['actions']}>
          <Button onClick={closeCleanup}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled">
            {t('models.cleanup.next')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
