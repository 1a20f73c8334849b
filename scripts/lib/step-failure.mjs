/** A failure that was foreseen: what went wrong, and what the reader can do about it. */
export class StepFailure extends Error {
  constructor(message, advice) {
    super(message)
    this.name = 'StepFailure'
    this.advice = advice
  }
}

export function failureLines(error) {
  if (error instanceof StepFailure) return [error.message, `What to do: ${error.advice}`]
  return [error?.stack ?? String(error), 'What to do: this is a bug in scripts/, please report it.']
}
