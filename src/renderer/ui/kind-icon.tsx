import {
  type Icon,
  IconBox,
  IconMessageCircle,
  IconMoodSmile,
  IconMovie,
  type IconProps,
  IconStack2,
  IconUpload,
  IconUserCog,
  IconWaveSine,
  IconWorld
} from '@tabler/icons-react'
import { kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'

const icons: Readonly<Record<(typeof kinds)[TargetKind]['icon'], Icon>> = {
  face: IconMoodSmile,
  film: IconMovie,
  wave: IconWaveSine,
  talk: IconMessageCircle,
  character: IconUserCog,
  box: IconBox,
  stack: IconStack2,
  upload: IconUpload,
  globe: IconWorld
}

/** The sign of a kind; decoration, as its name stands beside it. */
export const KindIcon = ({ kind, ...rest }: IconProps & { readonly kind: TargetKind }) => {
  const Sign = icons[kinds[kind].icon]
  return <Sign aria-hidden="true" {...rest} />
}
