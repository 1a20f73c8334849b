import { exactTime, relativeTime } from '../text/time-words.ts'
import { useNow } from './use-now.ts'

/** "2 minutes ago", with the exact time on hover. */
export const TimeText = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={exactTime(at)}>
    {relativeTime(at, useNow())}
  </time>
)
