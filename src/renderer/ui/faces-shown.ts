/** Whatever a face takes longer than this for, the rest of the app does not wait for. */
const longestMs = 1_000
/** From having a picture to having it on the display. */
const drawMs = 100

export const wait = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs))

export const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame)

const isHere = (image: HTMLImageElement): Promise<void> =>
  image.complete
    ? Promise.resolve()
    : new Promise((resolve) => {
        image.addEventListener('load', () => resolve(), { once: true })
        image.addEventListener('error', () => resolve(), { once: true })
      })

/** Resolves once all of them came, or are known not to come. */
export const whenHere = async (images: readonly HTMLImageElement[]): Promise<void> => {
  await Promise.all(images.map(isHere))
}

/** Resolves once the faces that the page has drawn by the next frame are on the display. */
export const whenFacesShow = async (): Promise<void> => {
  await nextFrame()
  await Promise.race([whenHere([...document.images]), wait(longestMs)])
  await nextFrame()
  await nextFrame()
  await wait(drawMs)
}
