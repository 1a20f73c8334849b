import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { settle } from './stops.ts'

const themes = ['light', 'dark'] as const

/** The themes differ in their colours alone, so everything else needs to be looked at once only. */
const colourRules = ['color-contrast', 'link-in-text-block']

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>['violations']

const linesOf = (found: Found): readonly string[] =>
  found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)
  )

/** What axe has against the window as it stands, in one line for each thing. */
const violations = async (page: Page, theme: (typeof themes)[number]) => {
  // The usual mode opens a second page for its verdict, which an app with one window has not.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations: found } = await (theme === 'light'
    ? axe
    : axe.withRules(colourRules)
  ).analyze()
  return linesOf(found)
}

/**
 * Looks at the window as it stands under other conditions than the usual ones. Where the system chooses the colours, their
 * contrast is the system's.
 */
export const expectNoViolationsNow = async (
  page: Page,
  stop: string,
  areColoursOurs: boolean
): Promise<void> => {
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations: found } = await (areColoursOurs
    ? axe
    : axe.disableRules(colourRules)
  ).analyze()
  expect.soft(linesOf(found), stop).toEqual([])
}

/** Looks at the window in both themes; what a stop opened stays open. */
export const expectNoViolations = async (page: Page, stop: string): Promise<void> => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await settle(page)
    expect.soft(await violations(page, theme), `${stop}, ${theme}`).toEqual([])
  }
}
