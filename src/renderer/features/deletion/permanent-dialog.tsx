import '../../ui/modal-styles.ts'
import { Button, Modal, TextInput } from '@mantine/core'
import { IconArrowRight, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { DeletionPlan } from '../../../shared/domain/deletion.ts'
import { blockingCautions, type PermanentDeletion } from '../../state/deletion-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { providerName } from '../../text/account-words.ts'
import { assetName } from '../../text/asset-words.ts'
import { cautionText, type EffectWords, goesText, staysText } from '../../text/deletion-words.ts'
import { describeError } from '../../text/describe-error.ts'
import { words } from '../../text/words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { MessageBox } from '../../ui/message-box.tsx'
import { Poster } from '../../ui/poster.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { useIsLate } from '../../ui/use-is-late.ts'
import { isSameName } from './is-same-name.ts'
import classes from './permanent-dialog.module.css'

const Head = ({ permanent }: { readonly permanent: PermanentDeletion }) => {
  const { asset } = permanent
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === asset.ref.accountId) ?? null
  )
  return (
    <div className={classes['head']}>
      <div className={classes['face']}>
        <Poster posterId={asset.posterId} name={asset.name} />
      </div>
      <div className={classes['who']}>
        <Modal.Title className={classes['title']}>
          {words.deletion.title(assetName(asset))}
        </Modal.Title>
        <p className={classes['account']}>
          {account !== null && <AccountDot color={account.color} />}
          {account !== null && <span>{account.name}</span>}
          {account !== null && <span>{providerName(account.provider)}</span>}
          <code>{asset.ref.id}</code>
          {account?.isSample === true && <SampleBadge label={words.common.sampleData} />}
        </p>
      </div>
    </div>
  )
}

const Effects = ({
  title,
  effects,
  goes
}: {
  readonly title: string
  readonly effects: readonly EffectWords[]
  readonly goes: boolean
}) => {
  if (effects.length === 0) return null
  const Icon = goes ? IconTrash : IconArrowRight
  return (
    <section>
      <h3 className={classes['heading']}>{title}</h3>
      <ul className={classes['effects']}>
        {effects.map((effect) => (
          <li key={effect.what} className={classes['effect']}>
            <Icon size={15} aria-hidden="true" />
            <span>
              {effect.what} <span className={classes['dim']}>{effect.more}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const PlanView = ({ plan }: { readonly plan: DeletionPlan }) => (
  <>
    <Effects title={words.deletion.goes} effects={plan.goes.map(goesText)} goes />
    <Effects title={words.deletion.stays} effects={plan.stays.map(staysText)} goes={false} />
    {plan.items.flatMap((item) =>
      item.cautions.map((caution) => (
        <MessageBox
          key={caution.code}
          tone={caution.level === 'blocks' ? 'bad' : 'warn'}
          title={cautionText(caution.code)}
          text=""
        />
      ))
    )}
  </>
)

const Body = ({ permanent }: { readonly permanent: PermanentDeletion }) => {
  const isLate = useIsLate(permanent.plan.kind === 'loading')
  const { plan, run, hasChanged } = permanent
  const failure = plan.kind === 'failed' ? plan.error : typeof run === 'object' ? run.error : null
  return (
    <div className={classes['body']}>
      {isLate && <p className={classes['dim']}>{words.deletion.looking}</p>}
      {plan.kind === 'ready' && <PlanView plan={plan.value} />}
      {hasChanged && <MessageBox isLive tone="warn" title={words.deletion.changed} text="" />}
      {failure !== null && (
        <MessageBox
          isLive
          tone="bad"
          title={describeError(failure).title}
          quote={describeError(failure).said}
          text={`${describeError(failure).meaning} ${describeError(failure).advice}`}
        />
      )}
    </div>
  )
}

export const PermanentDialog = ({ permanent }: { readonly permanent: PermanentDeletion }) => {
  const closePermanent = useApp((state) => state.closePermanent)
  const runPermanent = useApp((state) => state.runPermanent)
  const [typed, setTyped] = useState('')
  const { plan, run, asset } = permanent
  // What is typed is compared with what main will compare it with: the name in the plan.
  const name = plan.kind === 'ready' ? (plan.value.items[0]?.name ?? asset.name) : asset.name
  const isNameless = isSameName('', name)
  const isBlocked = plan.kind !== 'ready' || blockingCautions(plan.value).length > 0
  const canDelete = !isBlocked && isSameName(typed, name) && run !== 'running'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An empty name matches an empty field, so there Enter alone must not be enough.
    if (canDelete && typed !== '') void runPermanent(name)
  }

  return (
    <Modal.Root opened onClose={closePermanent} size={600} centered>
      <Modal.Overlay />
      <Modal.Content>
        <form onSubmit={submit}>
          <Head permanent={permanent} />
          <Body permanent={permanent} />
          <div className={classes['confirm']}>
            <p className={classes['warning']}>{words.deletion.cannotUndo}</p>
            <TextInput
              data-autofocus
              label={words.deletion.typeName}
              value={typed}
              disabled={isBlocked && plan.kind === 'ready'}
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              description={isNameless ? words.deletion.nameless : null}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </div>
          <div className={classes['actions']}>
            <Button onClick={closePermanent}>{words.common.cancel}</Button>
            <Button
              type={isNameless ? 'button' : 'submit'}
              onClick={() => {
                if (isNameless && canDelete) void runPermanent(name)
              }}
              variant="filled"
              data-tone="danger"
              disabled={!canDelete && run !== 'running'}
              loading={run === 'running'}
            >
              {words.deletion.submit}
            </Button>
          </div>
        </form>
      </Modal.Content>
    </Modal.Root>
  )
}
