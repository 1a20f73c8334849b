import { IconBox, IconStack2 } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import type { Asset } from '../../shared/domain/asset.ts'
import { shortVersion } from '../text/model-words.ts'
import { KindIcon } from './kind-icon.tsx'
import { Poster } from './poster.tsx'

const shownDigits = 7

/** Models, versions, voices, PALs and conversations are no faces: a calm sign stands where there is no cover. */
const signOf = ({ ref }: Pick<Asset, 'ref'>): ReactNode => {
  if (ref.kind === 'voice' || ref.kind === 'persona' || ref.kind === 'conversation') {
    return <KindIcon kind={ref.kind} stroke={1.4} />
  }
  if (ref.kind === 'model') return <IconBox stroke={1.4} />
  if (ref.kind !== 'version') return null
  return (
    <>
      <IconStack2 stroke={1.4} />
      <code>{shortVersion(ref.id).slice(0, shownDigits)}</code>
    </>
  )
}

type Props = Omit<ComponentProps<typeof Poster>, 'posterId' | 'name' | 'sign'> & {
  readonly asset: Pick<Asset, 'ref' | 'posterId' | 'name'>
}

/** The picture of anything in the library. */
export const AssetPoster = ({ asset, ...rest }: Props) => (
  <Poster posterId={asset.posterId} name={asset.name} sign={signOf(asset)} {...rest} />
)
