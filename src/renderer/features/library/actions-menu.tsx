import {
  IconCopy,
  IconExternalLink,
  IconHistory,
  IconInfoCircle,
  IconLink,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconSettings,
  IconStack2,
  IconTrash,
  IconTrashX,
  IconUserCog,
  IconUserOff,
  IconUsersGroup,
  IconWorldOff
} from '@tabler/icons-react'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { deleteForGoodText, isWholeLikeness } from '../../text/kind-words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { FloatingMenu, type MenuPoint } from '../../ui/floating-menu.tsx'

const icon = { size: 16, 'aria-hidden': true } as const

export interface ActionsMenuProps {
  readonly asset: Asset
  readonly at: MenuPoint
  readonly onRename: () => void
  readonly onClose: () => void
}

/** What only reads, and so can be done with anything that was ever listed. */
const useReading = ({ ref }: Asset) => {
  const select = useApp((state) => state.select)
  const showHistoryOf = useApp((state) => state.showHistoryOf)
  return {
    open: {
      label: t('library.actions.open'),
      icon: <IconInfoCircle {...icon} />,
      run: () => select(ref)
    },
    showHistory: {
      label: t('library.actions.showHistory'),
      icon: <IconHistory {...icon} />,
      run: () => showHistoryOf(ref)
    },
    copyId: {
      label: t('library.actions.copyId'),
      icon: <IconCopy {...icon} />,
      run: () => copyText(ref.id)
    }
  }
}

/** What is gone can be looked at; nothing can be done to it any more. */
const GoneMenu = ({ asset, at, onClose }: ActionsMenuProps) => {
  const { open, showHistory, copyId } = useReading(asset)
  return (
    <FloatingMenu
      label={t('library.actionsFor', { name: assetName(asset) })}
      at={at}
      onClose={onClose}
      groups={[[open, showHistory, copyId]]}
    />
  )
}

export const ActionsMenu = (props: ActionsMenuProps) =>
  props.asset.presence === 'gone' ? <GoneMenu {...props} /> : <ListedMenu {...props} />

const ListedMenu = ({ asset, at, onRename, onClose }: ActionsMenuProps) => {
  const { open, showHistory, copyId } = useReading(asset)
  const deleteSoftly = useApp((state) => state.deleteSoftly)
  const openPermanent = useApp((state) => state.openPermanent)
  const openLikeness = useApp((state) => state.openLikeness)
  const openTeardown = useApp((state) => state.openTeardown)
  const openCleanup = useApp((state) => state.openCleanup)
  const openPal = useApp((state) => state.openPal)
  const openAssign = useApp((state) => state.openAssign)
  const pin = useApp((state) => state.pin)
  const openPage = useApp((state) => state.openPage)
  const copyLink = useApp((state) => state.copyLink)
  const openLink = useApp((state) => state.openLink)
  const isBlocked = useApp((state) => isOutOfReach(state.sync, asset.ref.accountId))
  // The hint is part of an entry's name, so it stands there only while there is a reason.
  const network = isBlocked
    ? { isDisabled: true, hint: t('library.offlineReason') }
    : { isDisabled: false }
  const { canBeRenamed, hasPageOfItsOwn, hasSoftDelete } = kinds[asset.ref.kind]
  const links =
    asset.ref.kind === 'video'
      ? (['hosted', 'download', 'stream'] as const).map((link) => ({
          label: t(`detail.copyLinks.${link}`),
          icon: <IconLink {...icon} />,
          run: () => void copyLink(asset, link)
        }))
      : []
  return (
    <FloatingMenu
      label={t('library.actionsFor', { name: assetName(asset) })}
      at={at}
      onClose={onClose}
      groups={[
        [
          open,
          ...(canBeRenamed
            ? [
                {
                  label: t('library.actions.rename'),
                  icon: <IconPencil {...icon} />,
                  ...network,
                  run: onRename
                }
              ]
            : []),
          showHistory,
          {
            label: t('people.action'),
            icon: <IconUsersGroup {...icon} />,
            run: () => openAssign([asset.ref])
          }
        ],
        [
          copyId,
          ...links,
          {
            label: hasPageOfItsOwn
              ? t('library.actions.openPage')
              : t('library.actions.openPortal'),
            icon: <IconExternalLink {...icon} />,
            run: () => void (hasPageOfItsOwn ? openPage(asset, 'home') : openLink('tavus-portal'))
          },
          ...(hasPageOfItsOwn
            ? [
                {
                  label: t('models.openSettings'),
                  icon: <IconSettings {...icon} />,
                  run: () => void openPage(asset, 'settings')
                }
              ]
            : [])
        ],
        [
          {
            label: asset.isPinned ? t('library.actions.unpin') : t('library.actions.pin'),
            icon: asset.isPinned ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />,
            run: () => void pin([asset.ref], !asset.isPinned)
          },
          ...(asset.ref.kind === 'persona' && asset.origin !== 'stock'
            ? [
                {
                  label: t('library.actions.repoint'),
                  icon: <IconUserCog {...icon} />,
                  ...network,
                  run: () => void openPal(asset, 'repoint')
                },
                {
                  label: t('library.actions.takeOffline'),
                  icon: <IconWorldOff {...icon} />,
                  ...network,
                  run: () => void openPal(asset, 'offline')
                }
              ]
            : []),
          ...(hasSoftDelete
            ? [
                {
                  label: t('library.actions.delete'),
                  icon: <IconTrash {...icon} />,
                  run: () => void deleteSoftly(asset)
                }
              ]
            : [])
        ],
        [
          {
            label: deleteForGoodText(asset.ref.kind),
            icon: <IconTrashX {...icon} />,
            isDanger: true,
            ...(hasSoftDelete ? {} : network),
            run: () => void openPermanent(asset)
          },
          ...(asset.ref.kind === 'model'
            ? [
                {
                  label: t('models.tearDown'),
                  icon: <IconTrashX {...icon} />,
                  isDanger: true,
                  ...network,
                  run: () => void openTeardown(asset)
                },
                {
                  label: t('models.cleanUp'),
                  icon: <IconStack2 {...icon} />,
                  isDanger: true,
                  ...network,
                  run: () => openCleanup(asset)
                }
              ]
            : []),
          ...(isWholeLikeness(asset)
            ? [
                {
                  label: t('library.actions.eraseLikeness'),
                  icon: <IconUserOff {...icon} />,
                  isDanger: true,
                  ...network,
                  run: () => void openLikeness(asset)
                }
              ]
            : [])
        ]
      ]}
    />
  )
}
