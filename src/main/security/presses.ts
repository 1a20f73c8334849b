/** What of Electron's `input-event` tells a press from anything else that a pointer or a keyboard does. */
export interface SeenInput {
  readonly type: string
  /** Of the keyboard; `undefined` for a pointer. */
  readonly key?: string
  readonly modifiers?: readonly string[]
}

/** What a press can be used up for; a press that was used for one of them is still good for the other. */
export type Purpose = 'change' | 'outside'

export interface SpendTerms {
  /** How many requests for this purpose one press is good for. */
  readonly most: number
  /** How old it may be, if more than usual. */
  readonly oldestMs?: number
}

/** Presses of a window, as main saw them on their way to it. */
export interface Presses {
  saw(input: SeenInput): void
  /** The person chose something outside the page, as from the application menu. */
  chose(): void
  /** Uses up the last press. False if there was none, if it is too old, or if it was used for this already. */
  spend(purpose: Purpose, terms: SpendTerms): boolean
  /** Keeps a press that is fresh now from growing old until what it began has ended. */
  underWay(): () => void
}

/** As long as the pages of a browser may act on a press. */
const freshMs = 5_000
/** What a press began may take longer than that, as where the facts of a plan are read; but not for ever. */
const longestRunMs = 60_000

interface Press {
  readonly atMs: number
  readonly used: Map<Purpose, number>
  freshUntilMs: number
  running: number
  /** What has to be let go for the press to be over. */
  heldBy: string | null
}

const beginnings = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchStart'])
const endings = new Set(['mouseUp', 'keyUp', 'touchEnd'])
/** Pressing one of these alone asks for nothing. */
const modifierKeys = new Set(['Alt', 'AltGraph', 'CapsLock', 'Control', 'Fn', 'Meta', 'Shift'])

/** A finger or a button as such, a key by its name. */
const sourceOf = ({ type, key }: SeenInput): string =>
  type.startsWith('mouse') || type.startsWith('touch') ? type.slice(0, 5) : `key ${key ?? ''}`

const isPress = ({ type, key, modifiers = [] }: SeenInput): boolean =>
  beginnings.has(type) &&
  !modifierKeys.has(key ?? '') &&
  !modifiers.some((modifier) => modifier.toLowerCase() === 'isautorepeat')

/** Remembers the last press, and for what it was used up. `nowMs` must never jump. */
export const createPresses = (nowMs: () => number): Presses => {
  let last: Press | null = null

  const begin = (heldBy: string | null): void => {
    const atMs = nowMs()
    last = { atMs, used: new Map(), freshUntilMs: atMs + freshMs, running: 0, heldBy }
  }

  const isFresh = (press: Press): boolean => {
    const now = nowMs()
    const isInTime = now <= press.freshUntilMs || press.running > 0
    return isInTime && now <= press.atMs + longestRunMs
  }

  return {
    saw: (input) => {
      if (isPress(input)) begin(sourceOf(input))
      // What acts on letting go, as buttons do, follows the end of the same press; that makes no new one.
      else if (endings.has(input.type) && last?.heldBy === sourceOf(input)) {
        last.heldBy = null
        last.freshUntilMs = nowMs() + freshMs
      }
    },
    chose: () => begin(null),
    spend: (purpose, { most, oldestMs = 0 }) => {
      if (last === null) return false
      if (!isFresh(last) && nowMs() > last.atMs + oldestMs) return false
      const count = last.used.get(purpose) ?? 0
      if (count >= most) return false
      last.used.set(purpose, count + 1)
      return true
    },
    underWay: () => {
      const press = last
      if (press === null || !isFresh(press)) return () => undefined
      press.running += 1
      return () => {
        press.running -= 1
        press.freshUntilMs = nowMs() + freshMs
      }
    }
  }
}
