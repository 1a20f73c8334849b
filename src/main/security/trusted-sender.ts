import { appHost, appScheme } from './app-protocol.ts'

/** The part of an IPC event's frame that tells who is asking. */
export interface SenderFrame {
  readonly url: string
  readonly detached: boolean
  readonly parent: unknown
}

/**
 * True for the top frame of our own page alone (security I2). A frame that is gone, detached, nested, without an
 * address or of another origin is refused.
 */
export const isTrustedSender = (frame: SenderFrame | null): boolean => {
  if (frame === null || frame.detached || frame.parent !== null) return false
  if (!URL.canParse(frame.url)) return false
  const { protocol, host } = new URL(frame.url)
  return protocol === `${appScheme}:` && host === appHost
}
