import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import {
  commands,
  type HistoryKey,
  historyKeys,
  keyCaps,
  type LibraryKey,
  libraryKeys
} from '../src/shared/commands.ts'
import type { MenuCommand } from '../src/shared/ipc/events.ts'
import { test } from './fixtures.ts'
import type { Desk } from './pages/desk.ts'

const catalog = new URL('../src/shared/messages/en-US.json', import.meta.url)
const english: Readonly<Record<string, string>> = JSON.parse(readFileSync(catalog, 'utf8'))

/** More than stand side by side. */
const names = Array.from({ length: 9 }, (_, index) => `Replica ${index}`)

interface Bench {
  readonly page: Page
  readonly desk: Desk
  readonly app: import('@playwright/test').ElectronApplication
  readonly cells: Locator
}
type Try = (bench: Bench) => Promise<void>

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })
const details = (page: Page) => page.getByRole('complementary')
const chosen = (cells: Locator) => cells.and(cells.page().locator('[aria-selected="true"]'))

/** What each key of the sheet has to do. A key that is listed and not tried here does not compile. */
const everywhere: Readonly<
  Record<
    Exclude<
      MenuCommand,
      | 'verify-receipt'
      | 'back-up'
      | 'restore'
      | 'check-for-updates'
      | 'open-docs'
      | 'report-problem'
    >,
    Try
  >
> = {
  'go-videos': async ({ page }) => {
    await page.keyboard.press('Control+2')
    await expect(heading(page, 'Videos')).toBeVisible()
  },
  'go-voices': async ({ page }) => {
    await page.keyboard.press('Control+8')
    await expect(heading(page, 'Voices')).toBeVisible()
  },
  'go-pals': async ({ page }) => {
    await page.keyboard.press('Control+9')
    await expect(heading(page, 'PALs')).toBeVisible()
  },
  'go-conversations': async ({ page }) => {
    await page.keyboard.press('Control+Shift+T')
    await expect(heading(page, 'Conversations')).toBeVisible()
  },
  'go-models': async ({ page }) => {
    await page.keyboard.press('Control+3')
    await expect(heading(page, 'Models')).toBeVisible()
  },
  'go-versions': async ({ page }) => {
    await page.keyboard.press('Control+4')
    await expect(heading(page, 'Versions')).toBeVisible()
  },
  'go-people': async ({ page }) => {
    await page.keyboard.press('Control+5')
    await expect(heading(page, 'People')).toBeVisible()
  },
  'go-inbox': async ({ page }) => {
    await page.keyboard.press('Control+i')
    await expect(heading(page, 'Inbox')).toBeVisible()
  },
  'go-history': async ({ page }) => {
    await page.keyboard.press('Control+6')
    await expect(heading(page, 'History')).toBeVisible()
  },
  'go-accounts': async ({ page }) => {
    await page.keyboard.press('Control+7')
    await expect(heading(page, 'Accounts')).toBeVisible()
  },
  'go-settings': async ({ page }) => {
    await page.keyboard.press('Control+,')
    await expect(heading(page, 'Settings')).toBeVisible()
  },
  'new-replica': async ({ page }) => {
    await page.keyboard.press('Control+n')
    await expect(heading(page, 'New replicas')).toBeVisible()
  },
  'go-replicas': async ({ page }) => {
    await page.keyboard.press('Control+1')
    await expect(heading(page, 'Replicas')).toBeVisible()
  },
  'undo-deletion': async ({ page, desk, cells }) => {
    await cells.first().focus()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0)
    await expect(cells).toHaveCount(names.length)
    await desk.openActions('Replica 0', 'Pin')
    const told = page.getByText('Protected from every deletion.')
    // It stays as long as the pointer is on it.
    await told.hover()
    await page.keyboard.press('Control+z')
    await expect(told).toHaveCount(0)
    await desk.button('Actions for Replica 0').click()
    await expect(page.getByRole('menuitem', { name: 'Pin', exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  },
  refresh: async ({ page, desk }) => {
    await page.keyboard.press('Control+r')
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'true')
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
  },
  find: async ({ page }) => {
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.keyboard.press('Escape')
  },
  'add-account': async ({ page }) => {
    await page.keyboard.press('Control+Shift+A')
    await expect(page.getByRole('dialog', { name: 'Add account' })).toBeVisible()
    await page.keyboard.press('Escape')
  },
  'command-palette': async ({ page }) => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
    await page.keyboard.press('Escape')
  },
  shortcuts: async ({ page }) => {
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('Escape')
  }
}

const inLibrary: Readonly<Record<LibraryKey, Try>> = {
  search: async ({ page, cells }) => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused()
    const id = (await cells.nth(4).getAttribute('data-key'))?.split('/').at(-1) ?? ''
    await page.keyboard.type(id)
    await page.keyboard.press('Enter')
    await expect(details(page)).toContainText(id)
    await expect(cells).toHaveCount(1)
    await expect(cells.first()).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(details(page)).toHaveCount(0)
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    await expect(cells).toHaveCount(names.length)
    await cells.first().focus()
  },
  'type-ahead': async ({ page, cells }) => {
    await page.keyboard.type('replica 5')
    await expect(cells.filter({ hasText: 'Replica 5' })).toBeFocused()
    await page.keyboard.press('Home')
    await expect(cells.first()).toBeFocused()
  },
  move: async ({ page, cells }) => {
    await page.keyboard.press('ArrowRight')
    await expect(cells.nth(1)).toBeFocused()
    await page.keyboard.press('ArrowLeft')
    await expect(cells.nth(0)).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(cells.nth(0)).not.toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(cells.nth(0)).toBeFocused()
  },
  ends: async ({ page, cells }) => {
    await page.keyboard.press('End')
    await expect(cells.last()).toBeFocused()
    await page.keyboard.press('Home')
    await expect(cells.first()).toBeFocused()
  },
  pages: async ({ page, cells }) => {
    await page.keyboard.press('PageDown')
    await expect(cells.first()).not.toBeFocused()
    await page.keyboard.press('PageUp')
    await expect(cells.first()).toBeFocused()
  },
  open: async ({ page, cells }) => {
    await page.keyboard.press('Enter')
    await expect(details(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(details(page)).toHaveCount(0)
    await cells.first().focus()
  },
  preview: async ({ page, cells }) => {
    const name = /^[^,]+/.exec((await cells.first().getAttribute('aria-label')) ?? '')?.[0] ?? ''
    await page.keyboard.press('Space')
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Space')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(cells.first()).toBeFocused()
  },
  choose: async ({ page, cells }) => {
    await page.keyboard.press('Control+Space')
    await expect(chosen(cells)).toHaveCount(1)
    await page.keyboard.press('Control+Space')
    await expect(chosen(cells)).toHaveCount(0)
  },
  'choose-range': async ({ page, cells }) => {
    await page.keyboard.press('Shift+ArrowRight')
    await expect(chosen(cells)).toHaveCount(2)
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(chosen(cells)).toHaveCount(1)
    await page.keyboard.press('Escape')
  },
  'choose-all': async ({ page, cells }) => {
    await page.keyboard.press('Control+a')
    await expect(chosen(cells)).toHaveCount(names.length)
    await page.keyboard.press('Escape')
    await expect(chosen(cells)).toHaveCount(0)
  },
  'copy-id': async ({ page, app, cells }) => {
    await cells.first().focus()
    await page.keyboard.press('Control+c')
    const id = await cells.first().getAttribute('aria-label')
    await expect
      .poll(async () => id?.includes(await app.evaluate(({ clipboard }) => clipboard.readText())))
      .toBe(true)
  },
  rename: async ({ page, desk, cells }) => {
    await page.keyboard.press('F2')
    await expect(desk.field('New name')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(desk.field('New name')).toHaveCount(0)
    await cells.first().focus()
  },
  delete: async ({ page, desk, cells }) => {
    await desk.hold(0)
    await page.keyboard.press('Delete')
    await expect(cells).toHaveCount(names.length - 1)
    await cells.first().focus()
    await page.keyboard.press('Control+Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Control+Space')
    await page.keyboard.press('Delete')
    await expect(cells).toHaveCount(names.length - 3)
  },
  back: async ({ page, cells }) => {
    await cells.first().focus()
    await page.keyboard.press('Enter')
    await cells.first().focus()
    await page.keyboard.press('Control+Space')
    await page.keyboard.press('Escape')
    await expect(chosen(cells)).toHaveCount(0)
    await expect(details(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(details(page)).toHaveCount(0)
  }
}

const inHistory: Readonly<Record<HistoryKey, Try>> = {
  search: async ({ page }) => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.locator('[data-record]').first().focus()
  },
  move: async ({ page }) => {
    await page.keyboard.press('ArrowDown')
    await expect(page.locator('[data-record]').nth(1)).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await expect(page.locator('[data-record]').first()).toBeFocused()
  },
  jump: async ({ page }) => {
    await page.keyboard.press('PageDown')
    await expect(page.locator('[data-record]').first()).not.toBeFocused()
    await page.keyboard.press('PageUp')
    await expect(page.locator('[data-record]').first()).toBeFocused()
  },
  openRecord: async ({ page }) => {
    await page.locator('[data-record][aria-pressed]').first().focus()
    await page.keyboard.press('Enter')
    await expect(details(page)).toBeVisible()
  },
  back: async ({ page }) => {
    await page.keyboard.press('Escape')
    await expect(details(page)).toHaveCount(0)
  }
}

test('every key on the sheet does what the sheet says', async ({ connect }) => {
  const { page, desk, app } = await connect(...names)
  const bench: Bench = { page, desk, app, cells: page.getByRole('main').getByRole('gridcell') }

  await test.step('the sheet lists them all', async () => {
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    const tables = [
      ['Everywhere', 'commands', commands],
      ['In the library', 'listKeys', libraryKeys],
      ['In the history', 'listKeys', historyKeys]
    ] as const
    for (const [heading, area, table] of tables) {
      const section = sheet.locator('section', {
        has: page.getByRole('heading', { name: heading })
      })
      for (const [name, keys] of Object.entries(table)) {
        // A command without a key of its own stands in the palette alone.
        if (keys === null) continue
        const row = section
          .locator('div', {
            has: page.locator('dt', { hasText: english[`${area}.${name}`] ?? name })
          })
          .last()
        await expect(row).toBeVisible()
        for (const cap of keyCaps(keys, false)) await expect(row).toContainText(cap)
      }
    }
    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
  })
  for (const [name, attempt] of Object.entries(everywhere)) {
    await test.step(`everywhere: ${name}`, () => attempt(bench))
  }
  await desk.goTo('Replicas')
  for (const [name, attempt] of Object.entries(inLibrary)) {
    await test.step(`library: ${name}`, () => attempt(bench))
  }
  await desk.goTo('History')
  for (const [name, attempt] of Object.entries(inHistory)) {
    await test.step(`history: ${name}`, () => attempt(bench))
  }
})
