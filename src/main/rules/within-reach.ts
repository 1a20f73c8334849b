/** Device-independent pixels of the whole desktop. */
interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Whether a window has its title bar, by which it is moved, on one of the displays. */
export const isWithinReach = (place: Area, displays: readonly Area[]): boolean =>
  displays.some(
    (display) =>
      place.x < display.x + display.width &&
      place.x + place.width > display.x &&
      place.y >= display.y &&
      place.y < display.y + display.height
  )
