import type { Page } from '@playwright/test'

/** What has the focus, as a person who cannot see it is told. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    return `${element?.tagName.toLowerCase() ?? ''} ${name}`.slice(0, 60)
  })

/** Everything that Tab comes to, once around. */
export const tabRound = async (page: Page): Promise<readonly string[]> => {
  const names: string[] = []
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const name = await focused(page)
    if (name === names[0]) return names
    names.push(name)
  }
  return names
}
