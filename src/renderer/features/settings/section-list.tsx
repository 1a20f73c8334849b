import { type RefObject, useEffect, useState } from 'react'
import { t } from '../../../shared/messages/messages.ts'
import { useOneStop } from '../../ui/one-stop.ts'
import classes from './settings-screen.module.css'

/** The sections that stand on the screen, by their headings. Each leads to its own. */
export const SectionList = ({ body }: { readonly body: RefObject<HTMLElement | null> }) => {
  const [headings, setHeadings] = useState<readonly HTMLElement[]>([])
  const oneStop = useOneStop<HTMLElement>()
  useEffect(() => {
    const sections = body.current
    if (sections === null) return
    const read = () =>
      setHeadings([...sections.querySelectorAll<HTMLElement>(':scope > section > h2')])
    read()
    // Some come once what they tell of is known.
    const changes = new MutationObserver(read)
    changes.observe(sections, { childList: true })
    return () => changes.disconnect()
  }, [body])
  return (
    <nav
      ref={oneStop.ref}
      className={classes['sections']}
      aria-label={t('settings.sections')}
      onKeyDown={oneStop.onKeyDown}
    >
      {headings.map((heading) => (
        <button
          key={heading.textContent}
          type="button"
          onClick={() => {
            heading.tabIndex = -1
            heading.scrollIntoView({ block: 'start' })
            heading.focus({ preventScroll: true })
          }}
        >
          {heading.textContent}
        </button>
      ))}
    </nav>
  )
}
