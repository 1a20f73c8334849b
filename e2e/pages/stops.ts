import { expect, type Page } from '@playwright/test'
import { Desk } from './desk.ts'

/** Fades are over in 150 ms; contrast is measured after them, not within. What turns for ever is not waited for. */
export const settle = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    return Promise.allSettled(ending.map((animation) => animation.finished))
  })

/** The library of the sample data, loaded. */
export const openSample = async (page: Page): Promise<Desk> => {
  const desk = new Desk(page)
  await desk.button('Explore with sample data').click()
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  return desk
}

/** A screen, a dialog or a state that a person comes by. */
export interface Stop {
  readonly name: string
  readonly open: (desk: Desk, page: Page) => Promise<void>
  readonly close?: (page: Page) => Promise<void>
}

/** Escape. */
export const stepBack = (page: Page): Promise<void> => page.keyboard.press('Escape')

const firstName = async (page: Page): Promise<string> => {
  const label = await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .getAttribute('aria-label')
  return (label ?? '').replace('Actions for ', '')
}

/** Everything that can be looked at in the sample data, in an order in which each leads to the next. */
export const stops: readonly Stop[] = [
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
    name: 'what the library can be narrowed by',
    open: async (desk, page) => {
      await desk.button('Filter').click()
      await page.getByRole('menuitemcheckbox', { name: 'Last year', exact: true }).click()
      await expect(desk.button('Remove filter: Last year')).toBeVisible()
    },
    close: async (page) => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
      await new Desk(page).button('Remove filter: Last year').click()
      await expect(page.getByRole('gridcell').first()).toBeVisible()
    }
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
      await desk.button('Add draft').click()
      await desk.button('Advanced').click()
      await desk.button('Create replica').click()
      await expect(page.getByText('Required').first()).toBeVisible()
    }
  },
  {
    name: 'the statement to read aloud',
    open: async (desk, page) => {
      await desk.button('Teleprompter').click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    close: async (page) => {
      await page.keyboard.press('Escape')
    }
  },
  {
    name: 'changing all drafts',
    open: async (desk, page) => {
      await desk.button('Apply to all…').click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
    close: async (page) => {
      await page.keyboard.press('Escape')
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
      await page.locator('[data-record][aria-pressed]').first().click()
      await expect(page.getByRole('complementary')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'history filtered to nothing',
    open: async (desk, page) => {
      await desk.field('Search').fill('nothing is called that')
      await expect(page.getByText('No matches')).toBeVisible()
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
      await page.getByRole('combobox', { name: /^Search commands/ }).fill('a')
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
