import { type KeyboardEvent, Suspense, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { keeperName } from '../../../shared/catalogue/kinds.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { missing } from '../../text/missing.ts'
import { preloaded } from '../../ui/preloaded.tsx'
import classes from './rename-field.module.css'

const RenameFailed = preloaded(async () => (await import('./failures.tsx')).RenameFailed)

/** A name, edited where it stands: Enter saves, Escape leaves it as it was, and so does pressing elsewhere. */
export const RenameField = ({ asset }: { readonly asset: Asset }) => {
  const renaming = useApp((state) => state.renaming)
  const typeName = useApp((state) => state.typeName)
  const refuseName = useApp((state) => state.refuseName)
  const endRename = useApp((state) => state.endRename)
  const saveName = useApp((state) => state.saveName)
  const field = useRef<HTMLInputElement>(null)
  const errorId = useId()
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
    // What a refusal is told with is there before one comes.
    RenameFailed.preload().catch(() => undefined)
  }, [])
  const error = renaming?.error ?? null
  // What is refused is to be mended at once.
  useEffect(() => {
    if (error !== null) field.current?.focus()
  }, [error])
  useEffect(() => {
    const elsewhere = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && field.current?.contains(target) === true)) endRename()
    }
    window.addEventListener('pointerdown', elsewhere, true)
    return () => window.removeEventListener('pointerdown', elsewhere, true)
  }, [endRename])

  /** The keyboard goes on from the row, or the pane, whose name it was. */
  const goBack = (): void =>
    field.current?.closest<HTMLElement>('[data-key], section')?.focus({ preventScroll: true })

  const save = async (): Promise<void> => {
    const typed = renaming?.typed.trim() ?? ''
    if (typed === '') {
      refuseName(missing('name'))
      return
    }
    if (typed === asset.name) {
      goBack()
      endRename()
      return
    }
    const home = field.current?.closest<HTMLElement>('[data-key], section') ?? null
    if ((await saveName()) && document.activeElement === document.body) home?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // Nothing around it hears what is typed into it.
    event.stopPropagation()
    // While letters are still being composed, Enter chooses among them.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      void save()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      goBack()
      endRename()
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps presses from the row around it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field inside is what keys are for
    <span
      className={classes['field']}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <input
        ref={field}
        className={classes['input']}
        aria-label={t('rename.field')}
        aria-invalid={error !== null}
        {...(error === null ? {} : { 'aria-describedby': errorId })}
        aria-busy={renaming?.isSaving === true}
        data-part="name"
        dir="auto"
        maxLength={500}
        value={renaming?.typed ?? ''}
        onChange={(event) => typeName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {error !== null && (
        <span id={errorId} className={classes['error']}>
          <Suspense fallback={null}>
            <RenameFailed.View error={error} who={keeperName(asset.ref.kind)} />
          </Suspense>
        </span>
      )}
    </span>
  )
}
