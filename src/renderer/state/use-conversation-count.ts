import { useEffect, useState } from 'react'
import type { PersonId } from '../../shared/domain/person.ts'
import { useApp } from './use-app.ts'

/** How many conversations of a person there are; none until that is known. */
export const useConversationCount = (personId: PersonId): number => {
  const count = useApp((state) => state.countConversations)
  const assets = useApp((state) => state.personAssets)
  const [known, setKnown] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew once the person's assets are others
  useEffect(() => {
    let isGone = false
    void count(personId).then((now) => {
      if (!isGone) setKnown(now)
    })
    return () => {
      isGone = true
    }
  }, [count, personId, assets])
  return known
}
