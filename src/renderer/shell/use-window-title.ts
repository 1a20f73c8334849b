import { useEffect } from 'react'
import { kindAt, type LibraryPlace } from '../../shared/catalogue/kinds.ts'
import { t } from '../../shared/messages/messages.ts'
import type { AppState } from '../state/app-state.ts'
import { personById } from '../state/persons-slice.ts'
import type { Place } from '../state/session-slice.ts'
import { useApp } from '../state/use-app.ts'
import { assetName } from '../text/asset-words.ts'
import { kindsTitle } from '../text/kind-words.ts'
import { windowTitle } from '../text/window-title.ts'

const placeTitle = (place: Place): string => {
  const kind = kindAt(place)
  if (kind !== null) return kindsTitle(kind)
  const titles: Readonly<Record<Exclude<Place, LibraryPlace>, string>> = {
    'new-replica': t('creation.title'),
    people: t('nav.people'),
    inbox: t('nav.inbox'),
    history: t('nav.history'),
    accounts: t('nav.accountsPlace'),
    settings: t('nav.settings')
  }
  return titles[place as Exclude<Place, LibraryPlace>]
}

/** What is open in the place: an asset in the library, or a person. */
const openName = ({ place, selected, detail, persons, openPersonId }: AppState): string => {
  if (place === 'people' && openPersonId !== null) {
    return personById(persons, openPersonId)?.name ?? ''
  }
  const isShown = kindAt(place) !== null && selected !== null && detail.kind === 'ready'
  return isShown ? assetName(detail.value) : ''
}

/** Names the place in the window's title, by which it is told from others where windows are listed. */
export const useWindowTitle = (): void => {
  const title = useApp((state) =>
    state.accounts.length === 0 && kindAt(state.place) !== null
      ? windowTitle([])
      : windowTitle([openName(state), placeTitle(state.place)])
  )
  useEffect(() => {
    document.title = title
  }, [title])
}
