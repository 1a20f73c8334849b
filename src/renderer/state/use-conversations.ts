import { useEffect, useState } from 'react'
import type { PersonId } from '../../shared/domain/person.ts'
import type { PersonTalks } from '../../shared/domain/person-save.ts'
import { noTalks } from './persons-slice.ts'
import { useApp } from './use-app.ts'

/** The conversations of a person; none until they are known. */
export const useConversations = (personId: PersonId): PersonTalks => {
  const conversationsOf = useApp((state) => state.conversationsOf)
  const assets = useApp((state) => state.personAssets)
  const [known, setKnown] = useState(noTalks)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew once the person's assets are others
  useEffect(() => {
    let isGone = false
    void conversationsOf(personId).then((now) => {
      if (!isGone) setKnown(now)
    })
    return () => {
      isGone = true
    }
  }, [conversationsOf, personId, assets])
  return known
}
