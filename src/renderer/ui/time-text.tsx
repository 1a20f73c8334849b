import { exactTime, timeSince } from '../text/time-words.ts'
import { useNow } from './use-now.ts'

/** "2 minutes ago" of something past, with the exact time on hover. The clock of the screen ticks twice a minute. */
export const TimeText = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={exactTime(at)}>
    {timeSince(at, useNow())}
  </time>
)
