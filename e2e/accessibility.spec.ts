import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'

/** What axe has against the window as it stands, in one line for each thing. */
const violations = async (page: Page): Promise<readonly string[]> => {
  // The usual mode opens a second page for its verdict, which an app with one window has not.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)
  )
}

/** Fades are over in 150 ms; contrast is measured after them, not within. What turns for ever is not waited for. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    return Promise.allSettled(ending.map((animation) => animation.finished))
  })

const openSample = async (page: Page): Promise<Desk> => {
  const desk = new Desk(page)
  await desk.button('Explore with sample data').click()
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  return desk
}

interface Stop {
  readonly name: string
  readonly open: (desk: Desk, page: Page) => Promise<void>
  readonly close?: (page: Page) => Promise<void>
}

const stepBack = (page: Page): Promise<void> => page.keyboard.press('Escape')

const firstName = async (page: Page): Promise<string> => {
  const label = await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .getAttribute('aria-label')
  return (label ?? '').replace('Actions for ', '')
}

const stops: readonly Stop[] = [
  { name: 'the library as a grid', open: (desk) => desk.goTo('Replicas') },
  {
    name: 'the menu of an asset',
    open: async (desk, page) => {
      await desk
        .button(`Actions for ${await firstName(page)}`)
        .first()
        .click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'the details of an asset',
    open: async (_desk, page) => {
      await page.getByRole('gridcell').first().focus()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('complementary')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'a permanent deletion',
    open: async (desk, page) => {
      await desk.openActions(await firstName(page), 'Delete permanently…')
      await expect(desk.field('Type the name to confirm')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'renaming',
    open: async (desk, page) => {
      await desk.openActions(await firstName(page), 'Rename')
      await expect(desk.field('New name')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'the library as a list',
    open: async (desk, page) => {
      await desk.button('List').click()
      await expect(page.getByRole('columnheader').first()).toBeVisible()
    }
  },
  {
    name: 'videos',
    open: async (desk, page) => {
      await desk.goTo('Videos')
      await expect(page.getByRole('heading', { name: 'Videos', level: 1 })).toBeVisible()
    },
    close: async (page) => {
      await new Desk(page).button('Grid').click()
    }
  },
  {
    name: 'drafts',
    open: async (desk, page) => {
      await desk.goTo('Replicas')
      await desk.button('New replica').click()
      await desk.button('Add an empty draft').click()
      await desk.button('Use a made-up link').first().click()
      await desk.button('Create replica').last().click()
      await expect(page.getByText('This is needed.').first()).toBeVisible()
    }
  },
  {
    name: 'discarding all drafts',
    open: async (desk, page) => {
      await desk.button('Discard all').click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    close: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Discard all' }).click()
    }
  },
  {
    name: 'history',
    open: async (desk, page) => {
      await desk.goTo('History')
      await page.locator('[data-record]').first().click()
      await expect(page.getByRole('complementary')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'history filtered to nothing',
    open: async (desk, page) => {
      await desk.field('Search').fill('nothing is called that')
      await expect(page.getByText('Nothing matches')).toBeVisible()
    },
    close: async (page) => {
      await new Desk(page).button('Clear filters').click()
    }
  },
  { name: 'accounts', open: (desk) => desk.goTo('Accounts') },
  {
    name: 'a new account that lacks everything',
    open: async (desk, page) => {
      await desk.button('Add account').click()
      await desk.button('Save account').click()
      await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible()
    },
    close: stepBack
  },
  { name: 'settings', open: (desk) => desk.goTo('Settings') },
  {
    name: 'the command palette',
    open: async (_desk, page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: /^Find a command/ }).fill('a')
      await expect(page.getByRole('dialog').getByRole('option').nth(5)).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'the sheet of keys',
    open: async (_desk, page) => {
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    },
    close: stepBack
  }
]

for (const theme of ['light', 'dark'] as const) {
  test(`axe has nothing against any screen or dialog, ${theme}`, async ({ launch }) => {
    test.setTimeout(300_000)
    const { page } = await launch()
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
    await expect(page.getByRole('button', { name: 'Explore with sample data' })).toBeVisible()
    expect(await violations(page), 'the first screen').toEqual([])
    const desk = await openSample(page)
    for (const stop of stops) {
      await test.step(stop.name, async () => {
        await stop.open(desk, page)
        await expect(page.locator('h1').first()).toBeAttached()
        await settle(page)
        expect.soft(await violations(page), stop.name).toEqual([])
        await stop.close?.(page)
        if (stop.close === stepBack) {
          await expect(page.getByRole('dialog')).toHaveCount(0)
          await expect(page.getByRole('menu')).toHaveCount(0)
        }
      })
    }
  })
}

/** What has the focus, as a person who cannot see it is told. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    const name = element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    return `${element?.tagName.toLowerCase() ?? ''} ${name}`.slice(0, 60)
  })

/** Everything that Tab comes to, once around. */
const tabRound = async (page: Page): Promise<readonly string[]> => {
  const names: string[] = []
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const name = await focused(page)
    if (name === names[0]) return names
    names.push(name)
  }
  return names
}

test('everything is reached by keyboard, with the focus in sight, and Escape goes one step back', async ({
  launch
}) => {
  const { page } = await launch()
  await openSample(page)

  await test.step('Tab comes to every place and every action, and around again', async () => {
    const round = (await tabRound(page)).join('\n')
    for (const name of ['Replicas', 'Videos', 'History', 'Accounts', 'Settings', 'Search']) {
      expect(round).toContain(name)
    }
    for (const name of ['Refresh', 'New replica', 'Mine', 'Stock']) expect(round).toContain(name)
  })

  await test.step('what has the focus has a ring', async () => {
    await page.getByRole('link', { name: 'History', exact: true }).focus()
    await page.keyboard.press('Tab')
    const ring = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body)
      return `${style.outlineStyle} ${style.outlineWidth}`
    })
    expect(ring).toBe('solid 2px')
  })

  await test.step('the details open by Enter and close by Escape', async () => {
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('the timeline is one stop, and arrows walk over it', async () => {
    await page.keyboard.press('Control+3')
    const records = page.locator('[data-record]')
    await expect(records.first()).toBeVisible()
    await expect(page.locator('[data-record][tabindex="0"]')).toHaveCount(1)
    await records.first().focus()
    await page.keyboard.press('ArrowDown')
    await expect(records.nth(1)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('a question mark shows the keys, but not while one types', async () => {
    await page.keyboard.press('Control+f')
    await page.keyboard.press('?')
    await expect(page.getByRole('searchbox')).toHaveValue('?')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
