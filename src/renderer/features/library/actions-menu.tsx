import { IconCopy, IconPencil, IconTrash, IconTrashX } from '@tabler/icons-react'
import type { Asset } from '../../../shared/domain/asset.ts'
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
  const { actions } = words.library
  const icon = { size: 16, 'aria-hidden': true } as const
  return (
    <FloatingMenu
      label={words.library.actionsFor(assetName(asset))}
      at={at}
      onClose={onClose}
      groups={[
        [
          { label: actions.rename, icon: <IconPencil {...icon} />, run: onRename },
          { label: actions.copyId, icon: <IconCopy {...icon} />, run: () => copyText(asset.ref.id) }
        ],
        [
          {
            label: actions.delete,
            icon: <IconTrash {...icon} />,
            run: () => void deleteSoftly(asset)
          }
        ],
        [
          {
            label: actions.deletePermanently,
            icon: <IconTrashX {...icon} />,
            isDanger: true,
            run: () => void openPermanent(asset)
          }
        ]
      ]}
    />
  )
}
