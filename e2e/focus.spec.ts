import { expect, type Locator, type Page } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'

test('the keyboard is where it was before, whatever came over the screen', async ({ connect }) => {
  const { page, desk, replicas } = await connect('Amara', 'Bao', 'Chidi')
  const cell = desk.asset(replicas[1]?.id ?? '')
  const actions = desk.button('Actions for Bao')

  for (const item of ['Rename', 'Delete permanently…', 'Erase likeness…', 'Tie to a person…']) {
    await test.step(`${item} from the menu`, async () => {
      await cell.focus()
      await desk.openActions('Bao', item)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(actions).toBeFocused()
    })
  }

  for (const key of ['Control+k', '?']) {
    await test.step(`what ${key} opens`, async () => {
      await cell.focus()
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(cell).toBeFocused()
    })
  }

  await test.step('a field that was left stays left', async () => {
    await page.keyboard.press('Control+f')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('main')).toBeFocused()
  })

  await test.step('a replica that is held, and taken back', async () => {
    await desk.deleteSoftly('Bao')
    await expect(cell).toBeFocused()
    await desk.button('Undo').click()
    await expect(desk.button('Undo')).toHaveCount(0)
    await expect(cell).toBeFocused()
  })

  await test.step('another screen begins at its name', async () => {
    await cell.focus()
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('heading', { name: 'New replicas', level: 1 })).toBeFocused()
  })
})

test('a form that lacks something goes to what it lacks', async ({ launch }) => {
  const { page } = await launch()
  await page.getByRole('button', { name: 'Add account' }).first().click()
  await page.getByLabel('Account name').fill('Studio North')
  await page.getByRole('button', { name: 'Save account' }).click()
  await expect(page.getByLabel('API key', { exact: true })).toBeFocused()
})

const refreshNow = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { app: Bridge }).app.libraryRefresh({ accountId: null })
  )

for (const view of ['Grid', 'List'] as const) {
  test(`a key acts on what has the focus, whatever refreshes do to the rows around it: ${view}`, async ({
    connect,
    sandbox
  }) => {
    const names = ['Amara', 'Bao', 'Chidi', 'Dara', 'Esi', 'Femi', 'Gozo', 'Hana']
    const { page, desk, app, replicas } = await connect(...names)
    const dara = replicas.find(({ name }) => name === 'Dara')?.id ?? ''
    const cell = desk.asset(dara)
    const toast = page.getByRole('region', { name: 'Held deletions' })
    const chosen = page.getByRole('main').locator('[aria-selected="true"]')
    await desk.hold(60)
    await desk.button(view).click()

    const above = replicas.filter(({ name }) => name !== 'Dara').map(({ id }) => id)
    let round = 0
    /** Brings one in above it, takes one away, and names one anew, as another session might. */
    const change = (): string => {
      round += 1
      const fresh = makeReplica(`New ${round}`, sandbox.clock.now() + round * 1_000)
      sandbox.state.addReplica(fresh)
      const gone = above.shift()
      if (gone !== undefined) sandbox.state.removeReplica(gone)
      above.push(fresh.id)
      sandbox.state.renameReplica(above[0] ?? '', `${round % 2 === 0 ? 'Aa' : 'Zz'} ${round}`)
      return fresh.id
    }
    const stir = async () => {
      const fresh = change()
      await refreshNow(page)
      await expect(desk.asset(fresh)).toBeVisible()
    }

    for (const sort of ['Newest first', 'Name, A to Z']) {
      await page.getByLabel('Sort by').selectOption(sort)
      await cell.focus()
      await test.step(`${sort}: it keeps the focus`, async () => {
        await stir()
        await expect(cell).toBeFocused()
      })
      await test.step(`${sort}: F2`, async () => {
        await page.keyboard.press('F2')
        await expect(desk.field('New name')).toHaveValue('Dara')
        await stir()
        await page.keyboard.press('Escape')
        await expect(cell).toBeFocused()
      })
      await test.step(`${sort}: Enter, and Escape from within the details`, async () => {
        await stir()
        await page.keyboard.press('Enter')
        const details = page.getByRole('complementary')
        await expect(details.getByRole('heading', { name: 'Dara' })).toBeVisible()
        await details.getByRole('button', { name: 'Rename' }).focus()
        await stir()
        await page.keyboard.press('Escape')
        await expect(details).toHaveCount(0)
        await expect(cell).toBeFocused()
      })
      await test.step(`${sort}: Space, and a range from it`, async () => {
        await stir()
        await page.keyboard.press('Space')
        await expect(chosen).toHaveCount(1)
        await expect(cell).toHaveAttribute('aria-selected', 'true')
        await stir()
        await page.keyboard.press('Shift+End')
        await expect(cell).toHaveAttribute('aria-selected', 'true')
        await page.keyboard.press('Escape')
        await expect(chosen).toHaveCount(0)
        await cell.focus()
      })
      await test.step(`${sort}: copying`, async () => {
        await stir()
        await page.keyboard.press('Control+c')
        await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(dara)
      })
      await test.step(`${sort}: a button of it`, async () => {
        await desk.button('Actions for Dara').focus()
        await stir()
        await expect(desk.button('Actions for Dara')).toBeFocused()
        await page.keyboard.press('Enter')
        await stir()
        await page.getByRole('menuitem', { name: 'Rename' }).click()
        await expect(desk.field('New name')).toHaveValue('Dara')
        await page.keyboard.press('Escape')
        await cell.focus()
      })
      await test.step(`${sort}: Delete`, async () => {
        await stir()
        await page.keyboard.press('Delete')
        await expect(toast).toContainText('Deleting Dara in')
        await page.keyboard.press('Control+z')
        await expect(toast).toHaveCount(0)
        await expect(cell).toBeFocused()
      })
    }

    await test.step('while one refresh follows the other', async () => {
      const refreshes: Promise<unknown>[] = []
      for (let left = 8; left > 0; left -= 1) {
        change()
        refreshes.push(refreshNow(page))
        await page.keyboard.press('Space')
        for (const label of await chosen.evaluateAll((cells) =>
          cells.map((one) => one.getAttribute('aria-label'))
        )) {
          expect(label).toContain('Dara')
        }
      }
      await Promise.all(refreshes)
      await expect(cell).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(chosen).toHaveCount(0)
      await page.keyboard.press('Delete')
      await expect(toast).toContainText('Deleting Dara in')
      await page.keyboard.press('Control+z')
      await expect(toast).toHaveCount(0)
    })

    await test.step('it follows a focus that nobody announced', async () => {
      await stir()
      const other = desk.asset(above.at(-1) ?? '')
      const label = await other.getAttribute('aria-label')
      await other.evaluate((element: HTMLElement) => element.focus())
      await page.keyboard.press('F2')
      const name = await desk.field('New name').inputValue()
      expect(label).toContain(name)
      await page.keyboard.press('Escape')
      await expect(other).toBeFocused()
    })

    await test.step('once it is gone, a key does nothing but show what is there', async () => {
      await cell.focus()
      sandbox.state.removeReplica(dara)
      await refreshNow(page)
      await expect(page.getByRole('grid')).toBeFocused()
      await page.keyboard.press('Delete')
      await expect(page.getByRole('main').locator('[data-key]:focus')).toHaveCount(1)
      await expect(toast).toHaveCount(0)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  })
}

test('in a small window nothing lies over what is pressed, and a menu at the edge is seen', async ({
  connect
}) => {
  test.setTimeout(120_000)
  const names = Array.from({ length: 12 }, (_, index) => `Replica ${index + 10}`)
  const { page, desk, app } = await connect(...names)
  await desk.hold(60)
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setMinimumSize(1, 1)
    window?.setContentSize(640, 400)
  })
  await page.waitForFunction(() => innerWidth === 640)
  const cells = page.getByRole('main').getByRole('gridcell')
  const focused = page.getByRole('main').locator('[data-key]:focus')

  await test.step('holds and notices come and stay', async () => {
    await cells.first().focus()
    const name = /^[^,]+/.exec((await focused.getAttribute('aria-label')) ?? '')?.[0] ?? ''
    await desk.openActions(name, 'Pin')
    await page.getByRole('gridcell', { name: `${name}, ` }).focus()
    await expect(focused).toHaveAccessibleName(/pinned/)
    for (let left = 4; left > 0; left -= 1) {
      await page.keyboard.press('Delete')
      await page.keyboard.press('ArrowRight')
    }
    await expect(page.getByText(`${name} was not deleted`)).toBeVisible()
    await expect(page.getByRole('region', { name: 'Held deletions' })).toHaveCount(3)
  })

  /** What would get a click in the middle of a button, if it is not the button. */
  const over = (button: Locator) =>
    button.evaluate((element) => {
      element.scrollIntoView({ block: 'nearest' })
      const { x, y, width, height } = element.getBoundingClientRect()
      const hit = document.elementFromPoint(x + width / 2, y + height / 2)
      return element.contains(hit) ? null : (hit?.outerHTML.slice(0, 200) ?? 'nothing')
    })
  const actions = page.getByRole('main').locator('[data-key]:focus [data-part="actions"]')

  await test.step('every card and its buttons can still be reached', async () => {
    await page.keyboard.press('Home')
    for (const _ of names) {
      expect(await over(actions)).toBeNull()
      await page.keyboard.press('ArrowRight')
    }
  })

  await test.step('and so can what decides in a dialog', async () => {
    await actions.click()
    await page.getByRole('menuitem', { name: 'Delete permanently…' }).click()
    const dialog = page.getByRole('dialog')
    for (const name of ['Cancel', 'Delete permanently']) {
      expect(await over(dialog.getByRole('button', { name, exact: true }))).toBeNull()
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  })

  for (const view of ['Grid', 'List'] as const) {
    await test.step(`a menu whose button the lower edge cuts: ${view}`, async () => {
      await desk.button(view).click()
      const button = page.locator('[data-key] [data-part="actions"]').first()
      await button.evaluate((element: HTMLElement) => {
        const scroller = element.closest('[role="grid"]')?.parentElement
        const { top, height } = element.getBoundingClientRect()
        const edge = scroller?.getBoundingClientRect().bottom ?? 0
        // There may be nothing to scroll, so the list is made shorter instead.
        if (scroller !== null && scroller !== undefined) {
          scroller.style.flexShrink = '0'
          scroller.style.flexGrow = '0'
          scroller.style.height = `${top + height / 2 - edge + scroller.clientHeight}px`
        }
        element.click()
      })
      const menu = page.getByRole('menu')
      await expect(menu).toBeVisible()
      await expect(menu.getByRole('menuitem', { name: 'Rename' })).toBeInViewport()
      await page.keyboard.press('Escape')
      await expect(menu).toHaveCount(0)
    })
  }
})
