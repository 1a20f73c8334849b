import { type ComponentType, type FunctionComponent, lazy, useEffect, useState } from 'react'
import { speakWhole } from '../text/language.ts'

/** A part of the window whose code comes later, and is drawn at once when it is there already. */
export interface Preloaded<P extends object> {
  readonly View: FunctionComponent<P>
  readonly preload: () => Promise<unknown>
}

/** What code that comes later says comes with it. */
const loadPart = async <P extends object>(
  load: () => Promise<ComponentType<P>>
): Promise<ComponentType<P>> => {
  const [part] = await Promise.all([load(), speakWhole()])
  return part
}

/** A part of the window whose code comes when it is drawn for the first time. */
export const loadedLater = <P extends object>(load: () => Promise<ComponentType<P>>) =>
  lazy(async () => ({ default: await loadPart(load) }))

/**
 * Like `loadedLater`, which lets whoever opens something wait each first time even if the code is there: what is typed
 * meanwhile would be lost.
 */
export const preloaded = <P extends object>(
  load: () => Promise<ComponentType<P>>
): Preloaded<P> => {
  let ready: ComponentType<P> | null = null
  const preload = async () => {
    ready = await loadPart(load)
    return ready
  }
  const Later = lazy(async () => ({ default: await preload() }))
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, while its module loads
  const View = (props: P) => {
    // Chosen once: another component in its place would forget what was typed into it.
    const [Chosen] = useState<ComponentType<P>>(() => ready ?? Later)
    return <Chosen {...props} />
  }
  return { View, preload }
}

/** Stands in for what is about to open: the keys are meant for that, so nothing behind it hears them. */
export const KeysHeld = () => {
  useEffect(() => {
    const hold = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', hold, true)
    return () => window.removeEventListener('keydown', hold, true)
  }, [])
  return null
}
