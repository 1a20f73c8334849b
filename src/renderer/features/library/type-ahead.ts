/** What was typed so far of a name, as file managers take it. */
export interface Typed {
  readonly text: string
  /** True for a letter of its own: pressed again and again it goes from one name to the next. */
  readonly isFirst: boolean
}

/** A longer rest begins another name. */
const restMs = 1_000

/** These letters mean something of their own everywhere. */
const commands: ReadonlySet<string> = new Set(['/', '?'])

/** Pressed for a letter, not in the place of one. */
const modifiers: ReadonlySet<string> = new Set(['Shift', 'AltGraph', 'CapsLock', 'Dead'])

const mostLetters = 100

/** Letters pressed one soon after the other are one name. Times in ms of one clock. */
export const createTypeAhead = () => {
  let text = ''
  let lastAtMs = Number.NEGATIVE_INFINITY
  let latest: Typed | null = null
  const isGoingOn = (nowMs: number): boolean => text !== '' && nowMs - lastAtMs < restMs
  return {
    /** True for a letter of a name; a space is one within it alone. Any other key ends the name. */
    takes: (key: string, nowMs: number): boolean => {
      const isLetter = [...key].length === 1 && !commands.has(key)
      if (isLetter) return key === ' ' ? isGoingOn(nowMs) : true
      if (!modifiers.has(key)) text = ''
      return false
    },
    add: (key: string, nowMs: number): Typed => {
      const isSame = text === key
      text = isGoingOn(nowMs) && !isSame ? `${text}${key}`.slice(0, mostLetters) : key
      lastAtMs = nowMs
      latest = { text, isFirst: text === key }
      return latest
    },
    /** Says whether an answer is still wanted: one that came after another letter is not. */
    settle: (typed: Typed): boolean => {
      if (typed !== latest) return false
      latest = null
      return true
    },
    /** True while the name is looked for: the next keys are meant for a row that is not known yet. */
    isPending: (): boolean => latest !== null
  }
}
