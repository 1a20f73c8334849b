import type { Page } from '@playwright/test'

/** How many faces on the screen were really decoded, whether they are pictures or clips. */
export const decodedFaces = (page: Page): Promise<number> =>
  page.getByRole('main').evaluate((main) => {
    const pictures = [...main.querySelectorAll('img')].filter((img) => img.naturalWidth > 0)
    const clips = [...main.querySelectorAll('video')].filter((video) => video.videoWidth > 0)
    return pictures.length + clips.length
  })
