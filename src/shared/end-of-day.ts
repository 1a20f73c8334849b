/** When a day is over, by the calendar of this computer; it is not always 24 hours long. */
export const endOfDayMs = (day: string): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + 1).getTime()
}
