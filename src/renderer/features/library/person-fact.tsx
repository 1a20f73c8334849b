import { useEffect } from 'react'
import type { Asset } from '../../../shared/domain/asset.ts'
import { t } from '../../../shared/messages/messages.ts'
import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import { PersonText } from '../../ui/person-text.tsx'
import classes from './detail-pane.module.css'

/** Whose face it is, leading to all the places where that face lives. */
export const PersonFact = ({ asset }: { readonly asset: Asset }) => {
  const person = useApp((state) => personById(state.persons, asset.personId))
  const loadPersons = useApp((state) => state.loadPersons)
  const go = useApp((state) => state.go)
  const showPerson = useApp((state) => state.showPerson)
  const openAssign = useApp((state) => state.openAssign)
  const isMissing = asset.personId !== null && person === null
  useEffect(() => {
    if (isMissing) void loadPersons()
  }, [isMissing, loadPersons])
  if (asset.personId !== null && person === null) return null
  return (
    <button
      type="button"
      className={classes['link']}
      onClick={() => {
        if (person === null) {
          openAssign([asset.ref])
          return
        }
        go('people')
        showPerson(person.id)
      }}
    >
      {person === null ? t('people.action') : <PersonText text={person.name} />}
    </button>
  )
}
