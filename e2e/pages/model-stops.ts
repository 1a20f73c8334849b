import { expect, type Page } from '@playwright/test'
import type { Desk } from './desk.ts'
import { type Stop, stepBack } from './stops.ts'

export const portraits = 'studio-north/portrait-lora'

const openModel = async (desk: Desk, page: Page): Promise<void> => {
  await desk.goTo('Models')
  await desk.asset(portraits).click()
  await expect(page.getByRole('region', { name: 'Versions' })).toBeVisible()
}

/** Ties a model and a replica of the sample data to one person, whose page is open after it. */
export const tieAdaeze = async (desk: Desk, page: Page): Promise<void> => {
  await desk.goTo('People')
  await desk.button('Add person').click()
  await desk.field('Name').fill('Adaeze Nwosu')
  await desk.field('Auto-assign by name').fill('adaeze')
  await desk.field('What was agreed').fill('Training films and studio portraits, in house only.')
  await desk.field('Agreed on').fill('2026-01-12')
  await desk.field('Until').fill('2099-01-12')
  await desk.button('Save person').click()
  await expect(page.getByRole('heading', { name: 'Where this likeness is used' })).toBeVisible()
}

/** What there is of models, versions and people in the sample data; each stop leads to the next. */
export const modelStops: readonly Stop[] = [
  {
    name: 'models as a grid',
    open: async (desk) => {
      await desk.goTo('Models')
      await expect(desk.asset(portraits)).toBeVisible()
    }
  },
  { name: 'the details of a model', open: openModel, close: stepBack },
  {
    name: 'a new model by its name',
    open: async (desk) => {
      await desk.button('Add model by name').click()
      await expect(desk.field('Name or address')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'what a clean-up keeps',
    open: async (desk) => {
      await desk.openActions('portrait-lora', 'Clean up versions…')
      await expect(desk.field('Keep the newest')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'the plan of a teardown with blockers',
    open: async (desk, page) => {
      await desk.openActions('portrait-lora', 'Tear down model…')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: /^Blocked Used by a deployment/ }).click()
      await expect(dialog.getByText('studio-north/team-portraits')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'models as a list',
    open: async (desk, page) => {
      await desk.button('List').click()
      await expect(page.getByRole('columnheader', { name: 'Runs' })).toBeVisible()
    }
  },
  {
    name: 'the versions of a model as a list, with the details of one',
    open: async (desk, page) => {
      await openModel(desk, page)
      await desk.button('Show in Versions').click()
      await page
        .getByRole('row', { name: /portrait-lora:/ })
        .first()
        .click()
      await expect(page.getByRole('complementary')).toContainText(portraits)
    },
    close: async (page) => {
      await stepBack(page)
      await page.getByRole('button', { name: 'Grid', exact: true }).click()
    }
  },
  {
    name: 'nobody yet',
    open: async (desk, page) => {
      await desk.goTo('People')
      await expect(page.getByText('Whose faces are these?')).toBeVisible()
    }
  },
  { name: 'a person at two providers', open: tieAdaeze },
  {
    name: 'one plan over everything of a person',
    open: async (desk, page) => {
      await desk.button('Delete all assets…').click()
      await expect(page.getByText('Will be deleted, in this order')).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'people',
    open: async (desk, page) => {
      await desk.button('All people').click()
      await expect(page.getByRole('list', { name: 'People' })).toBeVisible()
    }
  },
  {
    name: 'whose face it is',
    open: async (desk, page) => {
      await desk.goTo('Models')
      await desk.openActions('portrait-lora', 'Assign to person…')
      await expect(page.getByRole('radio', { name: 'Adaeze Nwosu' })).toBeVisible()
    },
    close: stepBack
  },
  {
    name: 'a new account at Replicate',
    open: async (desk, page) => {
      await desk.goTo('Accounts')
      await desk.button('Add account').click()
      await page.getByRole('radio', { name: 'Replicate' }).check()
      await expect(desk.field('API token')).toBeVisible()
    },
    close: stepBack
  }
]
