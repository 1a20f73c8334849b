/** The app's own log. Every text and fact goes through `redact` before it is written. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void
  warn(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void
  /** Writes the error with its stack, redacted, and answers a short reference to it. */
  bug(error: unknown): string
}
