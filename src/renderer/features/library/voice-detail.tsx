import { useState } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { VoiceUse } from '../../../shared/domain/voice.ts'
import { t } from '../../../shared/messages/messages.ts'
import { placeOf } from '../../state/places.ts'
import { useApp } from '../../state/use-app.ts'
import { assetName } from '../../text/asset-words.ts'
import { kindsTitle } from '../../text/kind-words.ts'
import { PersonText } from '../../ui/person-text.tsx'
import classes from './voice-detail.module.css'

/** A recording of the voice, played through main like all media. */
export const VoiceSample = ({ asset }: { readonly asset: Asset }) => {
  const [isGone, setIsGone] = useState(false)
  if (asset.clipId === null || isGone) {
    return (
      <p className={classes['dim']}>
        {isGone ? t('detail.voice.sampleGone') : t('detail.voice.noSample')}
      </p>
    )
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: what is said in a sample of a voice is not known
    <audio
      className={classes['sample']}
      aria-label={t('detail.voice.sample', { name: assetName(asset) })}
      src={`media://${asset.clipId}`}
      preload="metadata"
      controls
      controlsList="nodownload noremoteplayback"
      onError={() => setIsGone(true)}
    />
  )
}

const Use = ({ use }: { readonly use: VoiceUse }) => {
  const go = useApp((state) => state.go)
  const select = useApp((state) => state.select)
  const name = assetName(use)
  return (
    <li className={classes['use']}>
      <button
        type="button"
        className={classes['link']}
        aria-label={t('detail.showNamed', { name })}
        onClick={() => {
          go(placeOf(use.ref.kind))
          select(use.ref)
        }}
      >
        <PersonText text={name} />
      </button>
      <span className={classes['dim']}>
        {use.how.map((how) => t(`detail.voice.how.${how}`)).join(' · ')}
      </span>
    </li>
  )
}

/** What a section is called: of a voice, the replicas that use it. */
const headingOf = (kind: VoiceUse['ref']['kind'], isVoice: boolean): string =>
  kind === 'replica' && isVoice ? t('detail.voice.usedBy') : kindsTitle(kind)

const shownKinds = ['replica', 'voice', 'persona'] as const

/** What a replica, voice or PAL is tied to by its face and voice, as the library knows it. */
export const VoiceUses = ({ asset }: { readonly asset: Asset }) => {
  const uses = useApp((state) => state.detailVoices)
  const isVoice = asset.ref.kind === 'voice'
  if (uses === null || (uses.length === 0 && !isVoice)) return null
  const heading = headingOf('replica', isVoice)
  if (uses.length === 0) {
    return (
      <section aria-label={heading}>
        <h3 className={classes['heading']}>{heading}</h3>
        <p className={classes['dim']}>{t('detail.voice.unused')}</p>
      </section>
    )
  }
  return shownKinds.map((kind) => {
    const ofKind = uses.filter(({ ref }) => ref.kind === kind)
    if (ofKind.length === 0) return null
    const title = headingOf(kind, isVoice)
    return (
      <section key={kind} aria-label={title}>
        <h3 className={classes['heading']}>{title}</h3>
        <ul className={classes['uses']}>
          {ofKind.map((use) => (
            <Use key={use.ref.id} use={use} />
          ))}
        </ul>
      </section>
    )
  })
}
