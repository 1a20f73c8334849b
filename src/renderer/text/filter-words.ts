/** What a list is narrowed by, already in words; null where it is not. */
export interface Narrowing {
  readonly state: string | null
  readonly account: string | null
  readonly search: string
}

/** "In the way: state “Failed”, search “amara”.": which filter leaves nothing. */
export const nothingMatches = ({ state, account, search }: Narrowing): string => {
  const parts = [
    state === null ? null : `“${state}”`,
    account === null ? null : `account “${account}”`,
    search === '' ? null : `search “${search}”`
  ].filter((part) => part !== null)
  return `In the way: ${parts.join(', ')}.`
}
