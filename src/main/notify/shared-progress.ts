/** Lets several kinds of work share the one place for progress that a desktop has: their mean is shown. */
export const createSharedProgress = (show: (share: number | null) => void) => {
  const shares = new Map<string, number>()

  const showAll = (): void => {
    const all = [...shares.values()]
    show(all.length === 0 ? null : all.reduce((sum, share) => sum + share, 0) / all.length)
  }

  return (name: string) =>
    (share: number | null): void => {
      if (share === null) shares.delete(name)
      else shares.set(name, share)
      showAll()
    }
}
