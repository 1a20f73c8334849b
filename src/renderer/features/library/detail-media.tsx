import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { AssetPoster } from '../../ui/asset-poster.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import classes from './detail-media.module.css'
import { VoiceSample } from './voice-detail.tsx'

/** A face that moves when it is pointed at, or when it is told to. */
const Face = ({ asset }: { readonly asset: Asset }) => {
  const [isLookedAt, setIsLookedAt] = useState(false)
  const [isPlaying, setIsPlaying] = useState(false)
  const dragOut = useApp((state) => state.dragOut)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing and dragging only add to what the buttons do
    <div
      className={classes['media']}
      draggable={asset.posterId !== null}
      onDragStart={(event) => {
        event.preventDefault()
        void dragOut(asset.ref)
      }}
      onPointerEnter={() => setIsLookedAt(true)}
      onPointerLeave={() => setIsLookedAt(false)}
    >
      <AssetPoster
        asset={asset}
        clipId={asset.clipId}
        isPlaying={isLookedAt || isPlaying}
        isWished={isPlaying}
        isLarge
      />
      {asset.clipId !== null && (
        <span className={classes['play']}>
          <IconButton
            label={isPlaying ? t('detail.pause') : t('detail.play')}
            onClick={() => setIsPlaying(!isPlaying)}
          >
            {isPlaying ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          </IconButton>
        </span>
      )}
    </div>
  )
}

const Film = ({ asset, clipId }: { readonly asset: Asset; readonly clipId: string }) => {
  const [isGone, setIsGone] = useState(false)
  return (
    <>
      <div className={classes['media']}>
        {isGone ? (
          <AssetPoster asset={asset} isLarge />
        ) : (
          <video
            className={classes['film']}
            aria-label={assetName(asset)}
            src={`media://${clipId}`}
            {...(asset.posterId === null ? {} : { poster: `media://${asset.posterId}` })}
            preload="metadata"
            controls
            controlsList="nodownload noremoteplayback"
            disablePictureInPicture
            onError={() => setIsGone(true)}
          />
        )}
      </div>
      {isGone && <p className={classes['dim']}>{t('detail.clipGone')}</p>}
    </>
  )
}

export const DetailMedia = ({ asset }: { readonly asset: Asset }) =>
  asset.ref.kind === 'voice' ? (
    <VoiceSample asset={asset} />
  ) : asset.ref.kind === 'video' && asset.clipId !== null && asset.status === 'ready' ? (
    <Film asset={asset} clipId={asset.clipId} />
  ) : (
    <Face asset={asset} />
  )
