import type { ReactNode } from 'react'
import type { ListColumn } from '../../../shared/catalogue/columns.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { assertNever } from '../../../shared/result.ts'
import { assetName, assetState, originText } from '../../text/asset-words.ts'
import { foundInText, latestOf, runsText, shortVersion, usesText } from '../../text/model-words.ts'
import { exactTime, number, percent, shortDate } from '../../text/time-words.ts'
import { AccountDot } from '../../ui/account-dot.tsx'
import { Glyph } from '../../ui/glyph.tsx'
import { PersonText } from '../../ui/person-text.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { SampleBadge } from '../../ui/sample-badge.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import classes from './asset-cell.module.css'
import { RenameField } from './rename-field.tsx'

interface Props {
  readonly column: ListColumn
  readonly asset: Asset
  readonly account: Account | null
  readonly isDeleting: boolean
  readonly isMixed: boolean
  /** Whether things of several accounts stand side by side, so that their colours say something. */
  readonly isSeveral: boolean
  readonly isRenaming: boolean
}

const day = (at: string | null): ReactNode =>
  at === null ? null : (
    <time dateTime={at} title={exactTime(at)}>
      {shortDate(at)}
    </time>
  )

const content = (props: Props): ReactNode => {
  const { column, asset, account } = props
  switch (column) {
    case 'name':
      return (
        <>
          {props.isSeveral && account !== null && <AccountDot color={account.color} />}
          {props.isRenaming ? (
            <RenameField asset={asset} />
          ) : (
            <strong className={classes['name']}>
              <PersonText text={assetName(asset)} />
            </strong>
          )}
          {asset.isPinned && <Glyph name="pin" size={14} className={classes['pin']} />}
          {props.isMixed && account?.isSample === true && <SampleBadge label={t('nav.sample')} />}
        </>
      )
    case 'id':
      return (
        <code title={asset.ref.id}>
          {asset.ref.kind === 'version' ? shortVersion(asset.ref.id) : asset.ref.id}
        </code>
      )
    case 'status': {
      const { tone, text } = assetState(asset, props.isDeleting)
      return <StateMark tone={tone} text={text} />
    }
    case 'progress':
      return asset.status !== 'training' || asset.progress === null ? null : (
        <span className={classes['lineProgress']}>
          <ProgressBar percent={asset.progress} label={t('library.columns.progress')} />
          {asset.progress === null ? '' : percent(asset.progress)}
        </span>
      )
    case 'model':
      return asset.model
    case 'type':
      return originText(asset.origin)
    case 'account':
      return account === null ? null : <PersonText text={account.name} />
    case 'voice':
      return asset.voiceName === undefined ? (
        <code>{asset.details.find(({ name }) => name === 'voice_id')?.value}</code>
      ) : (
        <PersonText text={asset.voiceName} />
      )
    case 'face':
    case 'made-with':
      return asset.parentName === null ? (
        <code>{asset.parentId}</code>
      ) : (
        <PersonText text={asset.parentName} />
      )
    case 'runs':
      return <span className={classes['number']}>{runsText(asset)}</span>
    case 'versions':
      return <span className={classes['number']}>{number(asset.childCount)}</span>
    case 'latest':
      return <code>{shortVersion(latestOf(asset) ?? '')}</code>
    case 'found-in':
      return foundInText(asset)
    case 'of-model':
      return asset.parentId === null ? null : <PersonText text={asset.parentId} />
    case 'used-by':
      return usesText(asset)
    case 'created':
      return day(asset.createdAt)
    case 'updated':
      return day(asset.updatedAt)
    default:
      return assertNever(column)
  }
}

export const ListCell = (props: Props) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are drawn by position, which a table cannot do
  // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, not each of its cells
  <div role="gridcell" className={classes['cell']} data-column={props.column}>
    {content(props)}
  </div>
)
