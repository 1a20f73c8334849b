/** The colors an account can be marked with; the window maps each to a shade per theme. */
export const accountColors = [
  'indigo',
  'orange',
  'teal',
  'pink',
  'grape',
  'lime',
  'cyan',
  'gray'
] as const
export type AccountColor = (typeof accountColors)[number]
