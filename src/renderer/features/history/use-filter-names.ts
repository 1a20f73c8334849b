import { personById } from '../../state/persons-slice.ts'
import { useApp } from '../../state/use-app.ts'
import type { FilterNames } from '../../text/view-words.ts'

/** What those are called that the history is narrowed to just now. */
export const useFilterNames = (): FilterNames => {
  const account = useApp(
    (state) => state.accounts.find(({ id }) => id === state.historyFilter.accountId)?.name ?? null
  )
  const person = useApp(
    (state) => personById(state.persons, state.historyFilter.personId)?.name ?? null
  )
  return { account, person }
}
