const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC'
})
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' })

/** "22 November 2026" */
export const dayOf = (at: string): string => day.format(new Date(at))

/** "22 Nov 2026, 03:02:14 UTC" */
export const timeOf = (at: string): string =>
  `${shortDay.format(new Date(at))}, ${clockTime.format(new Date(at))} UTC`

/** "03:02:14" on the given day, else with its own: "23 Nov 2026, 03:02:14". UTC. */
export const timeBeside = (at: string, dayAt: string): string =>
  at.slice(0, 10) === dayAt.slice(0, 10)
    ? clockTime.format(new Date(at))
    : `${shortDay.format(new Date(at))}, ${clockTime.format(new Date(at))}`
