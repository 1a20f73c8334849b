import {
  IconCopy,
  IconExternalLink,
  IconInfoCircle,
  IconLink,
  IconPencil,
  IconTrash,
  IconTrashX
} from '@tabler/icons-react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { isOutOfReach } from '../../state/library-reach.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { words } from '../../text/words.ts'
import { copyText } from '../../ui/copy-text.ts'
import { FloatingMenu, type MenuPoint } from '../../ui/floating-menu.tsx'

interface Props {
  readonly asset: Asset
  readonly at: MenuPoint
  readonly onRename: () => void
  readonly onClose: () => void
}

export const ActionsMenu = ({ asset, at, onRename, onClose }: Props) => {
  const deleteSoftly = useApp((state) => state.deleteSoftly)
  const openPermanent = useApp((state) => state.openPermanent)
  const select = useApp((state) => state.select)
  const copyLink = useApp((state) => state.copyLink)
  const openLink = useApp((state) => state.openLink)
  const isBlocked = useApp((state) => isOutOfReach(state.sync, asset.ref.accountId))
  const { actions } = words.library
  const icon = { size: 16, 'aria-hidden': true } as const
  // The hint is part of an entry's name, so it stands there only while there is a reason.
  const network = isBlocked
    ? { isDisabled: true, hint: words.library.offlineReason }
    : { isDisabled: false }
  const links =
    asset.ref.kind === 'video'
      ? (['hosted', 'download', 'stream'] as const).map((link) => ({
          label: words.detail.copyLinks[link],
          icon: <IconLink {...icon} />,
          run: () => void copyLink(asset, link)
        }))
      : []
  return (
    <FloatingMenu
      label={words.library.actionsFor(assetName(asset))}
      at={at}
      onClose={onClose}
      groups={[
        [
          {
            label: actions.open,
            icon: <IconInfoCircle {...icon} />,
            run: () => select(asset.ref)
          },
          {
            label: actions.rename,
            icon: <IconPencil {...icon} />,
            ...network,
            run: onRename
          }
        ],
        [
          {
            label: actions.copyId,
            icon: <IconCopy {...icon} />,
            run: () => copyText(asset.ref.id)
          },
          ...links,
          {
            label: actions.openPortal,
            icon: <IconExternalLink {...icon} />,
            run: () => void openLink('tavus-portal')
          }
        ],
        [
          {
            label: actions.delete,
            icon: <IconTrash {...icon} />,
            ...network,
            run: () => void deleteSoftly(asset)
          }
        ],
        [
          {
            label: actions.deletePermanently,
            icon: <IconTrashX {...icon} />,
            isDanger: true,
            ...network,
            run: () => void openPermanent(asset)
          }
        ]
      ]}
    />
  )
}
