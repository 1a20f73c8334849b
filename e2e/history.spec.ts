import { existsSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { answerWithNewFile } from './pages/receipts.ts'

test.use({ sandboxOptions: { seedData: { replicas: 450 } } })

test('a first listing is one line of the history, which opens to its records', async ({
  launch,
  sandbox
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount({
    name: 'Studio North',
    key: sandboxKey,
    address: sandbox.origin
  })
  await desk.goTo('Replicas')
  await expect(page.getByText('450 replicas')).toBeVisible()
  await desk.goTo('History')
  const records = page.locator('[data-record]')
  const bundle = page.getByRole('button', { name: /450 replicas added to library/ })
  await expect(bundle).toHaveAttribute('aria-expanded', 'false')
  await expect(bundle).toContainText('Studio North')
  const singles = await records.count()
  expect(singles).toBeLessThan(6)

  await test.step('it opens by keyboard; a record inside shows what was written down', async () => {
    await bundle.focus()
    await page.keyboard.press('Enter')
    await expect(bundle).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Record' })).toContainText('Chain hash')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toHaveCount(0)
  })

  await test.step('what is left comes in parts, until all are there', async () => {
    const list = page.getByRole('list', { name: 'Timeline' })
    for (const left of ['Show more (250 left)', 'Show more (50 left)']) {
      await expect(async () => {
        await list.hover()
        await page.mouse.wheel(0, 4000)
        await expect(desk.button(left)).toBeVisible({ timeout: 200 })
      }).toPass()
      await desk.button(left).click()
    }
    await expect(page.getByRole('button', { name: /^Show more/ })).toHaveCount(0)
  })

  await test.step('it closes again', async () => {
    await page.keyboard.press('Control+1')
    await desk.goTo('History')
    await bundle.click()
    await expect(bundle).toHaveAttribute('aria-expanded', 'false')
    await expect(records).toHaveCount(singles)
  })

  await test.step('a search finds the records themselves', async () => {
    await desk.field('Search').fill('asset-first-seen')
    await expect(bundle).toHaveCount(0)
    await expect(records.nth(6)).toContainText('added to library')
    const chart = page.getByRole('group', { name: 'Activity over time' })
    await chart.getByRole('button', { name: /: 4\d\d found/ }).focus()
    await page.keyboard.press('Enter')
    await expect(chart.getByRole('button')).toHaveCount(1)
    await expect(desk.field('When')).toHaveValue('range')
    await expect(desk.field('Search')).toHaveValue('asset-first-seen')
    await expect(records.nth(6)).toContainText('added to library')
    await desk.field('When').selectOption('Any time')
    await desk.field('Search').fill('')
    await expect(bundle).toBeVisible()
  })
})

/** Records of the history in which one text is painted over the next. */
const runInto = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    /** How far to the right the texts of an element are painted, as far as nothing clips them. */
    const endOf = (element: Element): number => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      let end = 0
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        const range = document.createRange()
        range.selectNode(text)
        let { right } = range.getBoundingClientRect()
        for (
          let at = text.parentElement;
          at !== null && element.contains(at);
          at = at.parentElement
        ) {
          const isClipped = getComputedStyle(at).overflowX !== 'visible'
          if (isClipped) right = Math.min(right, at.getBoundingClientRect().right)
        }
        end = Math.max(end, right)
      }
      return end
    }
    return [...document.querySelectorAll('[data-record]')].flatMap((record) => {
      const parts = [...record.children].filter((part) => part.getClientRects().length > 0)
      const isOver = parts.some((part, index) => {
        const next = parts[index + 1]
        return next !== undefined && endOf(part) > next.getBoundingClientRect().left + 1
      })
      return isOver ? [record.textContent ?? ''] : []
    })
  })

test.describe('a record with long texts', () => {
  test.use({ sandboxOptions: { seedData: 'empty' } })

  test('no text of a record is painted over the next, however long it is and beside an open record', async ({
    connect,
    sandbox
  }) => {
    const long = 'Priya Raman for the spring campaign, second attempt in the small studio'
    const { page, desk, replicas } = await connect(long)
    sandbox.state.renameReplica(replicas[0]?.id ?? '', `${long}, cut`)
    await desk.button('Refresh').click()
    await desk.goTo('History')
    await desk.expectHistory('renamed outside this app')
    await page.locator('[data-record]', { hasText: 'renamed outside this app' }).click()
    await expect(page.getByRole('complementary')).toBeVisible()
    expect(await runInto(page)).toEqual([])
  })
})

test.describe('one thing, from first seen to the last', () => {
  test.use({ sandboxOptions: { seedData: 'empty' } })

  test('has a story beside the timeline, which chips narrow; what came up elsewhere waits to be acknowledged', async ({
    connect,
    launch,
    sandbox
  }) => {
    const { app, page, desk, replicas, quit } = await connect('Amara Osei', 'Kenji Watanabe')
    const pane = page.getByRole('complementary', { name: 'Record' })
    const line = (words: string) => page.locator('[data-record]', { hasText: words })

    await test.step('a change elsewhere is marked and counted until it is acknowledged', async () => {
      // Whatever is found before the first listing is complete is no news.
      await expect(page.getByText(/^Updated \d/)).toBeVisible()
      sandbox.state.renameReplica(replicas[1]?.id ?? '', 'Kenji W.')
      await desk.button('Refresh').click()
      await desk.goTo('History')
      await expect(line('renamed outside this app')).toContainText('Kenji W.')
      await expect(page.getByText('1 change outside this app')).toBeVisible()
      await expect(page.getByRole('img', { name: 'Not acknowledged' })).toHaveCount(1)
      await desk.button('Acknowledge').click()
      await expect(page.getByText('1 change outside this app')).toHaveCount(0)
      await expect(page.getByRole('img', { name: 'Not acknowledged' })).toHaveCount(0)
    })

    await test.step('one change can be acknowledged by itself, by keyboard', async () => {
      for (const name of ['Kenji Watanabe', 'Kenji W.']) {
        await desk.goTo('Replicas')
        sandbox.state.renameReplica(replicas[1]?.id ?? '', name)
        await desk.button('Refresh').click()
        await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
        await desk.goTo('History')
        await expect(line('renamed outside this app').first()).toContainText(name)
      }
      await expect(page.getByText('2 changes outside this app')).toBeVisible()
      await expect(page.getByRole('link', { name: 'History' })).toContainText('2')
      await line('renamed outside this app').first().focus()
      await page.keyboard.press('Tab')
      await expect(desk.button('Acknowledge the change to Kenji W.')).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.getByText('1 change outside this app')).toBeVisible()
      await expect(page.getByRole('img', { name: 'Not acknowledged' })).toHaveCount(1)
      await desk.button('Acknowledge').click()
      await expect(page.getByText('1 change outside this app')).toHaveCount(0)
    })

    await test.step('a deletion is one line; its receipt can be had after it was dismissed', async () => {
      await desk.goTo('Replicas')
      await desk.deletePermanently('Amara Osei')
      const deletions = await desk.openDeletions()
      await deletions.getByRole('button', { name: 'Dismiss', exact: true }).click()
      await expect(deletions).toContainText('Nothing in progress')
      await page.keyboard.press('Escape')
      await desk.goTo('History')
      await line('confirmed the permanent deletion').first().click()
      const story = pane.getByRole('region', { name: 'Story of Amara Osei' })
      await expect(story.getByRole('listitem').first()).toContainText('added to library')
      await expect(story).toContainText('permanent deletion requested by you')
      await expect(story).toContainText('Tavus confirmed the permanent deletion')
      const path = await answerWithNewFile(app)
      await pane.getByRole('button', { name: 'Save receipt…' }).click()
      await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
      await expect.poll(() => existsSync(path)).toBe(true)
      await expect(story).toContainText('receipt saved')
    })

    await test.step('the palette finds the receipts of what was dismissed', async () => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('receipts')
      await expect(
        page.getByRole('option', { name: 'Show receipts of past deletions' })
      ).toBeVisible()
      await page.keyboard.press('Enter')
      await expect(
        desk.deletions.getByRole('button', { name: 'Save receipt…' }).first()
      ).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(desk.deletions).toHaveCount(0)
    })

    await test.step('chips narrow it by kind of change, outcome, type and day', async () => {
      await page.keyboard.press('Escape')
      await desk.field('Made by').selectOption('Elsewhere')
      await expect(line('renamed outside this app').first()).toBeVisible()
      await expect(line('confirmed the permanent deletion')).toHaveCount(0)
      await desk.field('Outcome').selectOption('Failed')
      await expect(page.getByText('No matches')).toBeVisible()
      await desk.button('Clear filters').click()
      await expect(line('confirmed the permanent deletion').first()).toBeVisible()
      await desk.field('More changes').selectOption('Renames')
      await expect(line('confirmed the permanent deletion')).toHaveCount(0)
      await expect(line('renamed outside this app').first()).toBeVisible()
      await desk.field('More changes').selectOption('Accounts and keys')
      await expect(line('renamed outside this app')).toHaveCount(0)
      await expect(line('account added').first()).toBeVisible()
      await desk.button('Deletions').click()
      await expect(desk.field('More changes')).toHaveValue('')
      await expect(line('confirmed the permanent deletion').first()).toBeVisible()
      await desk.button('Clear filters').click()
      await desk.field('Jump to date').fill('2020-01-01')
      await expect(page.getByText('No matches')).toBeVisible()
      await desk.button('Clear filters').click()
      await expect(desk.field('Jump to date')).toHaveValue('')
      await expect(line('renamed outside this app').first()).toBeVisible()
    })

    await test.step('a menu opens where it was asked for', async () => {
      const record = line('renamed outside this app').last()
      const box = await record.boundingBox()
      if (box === null) throw new Error('The line is not on the screen')
      await record.click({ button: 'right', position: { x: 300, y: 20 } })
      const menu = page.getByRole('menu')
      await expect(menu.getByRole('menuitem', { name: 'Copy ID' })).toBeVisible()
      const opened = await menu.boundingBox()
      expect(Math.abs((opened?.y ?? 0) - (box.y + 20))).toBeLessThan(20)
      await page.keyboard.press('Escape')
      await expect(menu).toHaveCount(0)
    })

    await test.step('in a small window only what is on has a chip; the others unfold', async () => {
      const resize = (width: number) =>
        app.evaluate(({ BrowserWindow }, to) => {
          BrowserWindow.getAllWindows()[0]?.setContentSize(to, 800)
        }, width)
      await expect(desk.button('Filter')).toBeHidden()
      await resize(880)
      await expect(desk.field('Outcome')).toBeHidden()
      await desk.button('Filter').click()
      await desk.field('Outcome').selectOption('Failed')
      await expect(page.getByText('No matches')).toBeVisible()
      await desk.button('Filter').click()
      await expect(desk.field('Made by')).toBeHidden()
      await expect(desk.field('Outcome')).toBeVisible()
      await desk.button('Clear filters').click()
      await expect(desk.field('Outcome')).toBeHidden()
      await resize(1280)
      await expect(desk.field('Outcome')).toBeVisible()
    })

    await test.step('the chart says what each day held, and filters by keyboard and by dragging', async () => {
      const chart = page.getByRole('group', { name: 'Activity over time' })
      const today = chart.getByRole('button', { name: /1 deleted/ })
      await expect(today).toHaveAccessibleName(/and \d elsewhere$/)
      await expect(chart.getByRole('button')).toHaveCount(30)
      await today.focus()
      await page.keyboard.press('Shift+ArrowLeft')
      await expect(chart.getByRole('button', { pressed: true })).toHaveCount(2)
      await page.keyboard.press('Enter')
      await expect(chart.getByRole('button')).toHaveCount(2)
      await expect(desk.field('When')).toHaveValue('range')
      await expect(desk.field('From date')).not.toHaveValue('')
      const before = await chart.getByRole('button').first().boundingBox()
      if (before === null) throw new Error('The chart is not on the screen')
      await page.mouse.move(before.x + 3, before.y + 20)
      await page.mouse.down()
      await page.mouse.move(before.x + 5, before.y + 20)
      await page.mouse.up()
      await expect(page.getByText('No matches')).toBeVisible()
      await desk.field('When').selectOption('Any time')
      await expect(chart.getByRole('button')).toHaveCount(30)
    })

    await test.step('a filter is saved as a view, which is found in the side bar and comes back after a restart', async () => {
      await expect(desk.button('Save view')).toHaveCount(0)
      await desk.field('Made by').selectOption('Elsewhere')
      await desk.field('When').selectOption('Last 30 days')
      await desk.button('Save view').click()
      await expect(desk.field('View name')).toHaveValue('Elsewhere · Last 30 days')
      await desk.field('View name').fill('Not by me')
      await page.keyboard.press('Enter')
      const views = page.getByRole('list', { name: 'Saved views' })
      await expect(views.getByRole('button', { name: 'Not by me', exact: true })).toHaveAttribute(
        'aria-current',
        'true'
      )
      await desk.button('Clear filters').click()
      await desk.field('Outcome').selectOption('Failed')
      await desk.button('Save view').click()
      await desk.button('Save').click()
      await desk.button('Actions for the view Failed').click()
      await page.getByRole('menuitem', { name: 'Move up' }).click()
      await expect(views.getByRole('listitem').first()).toContainText('Failed')
      await desk.button('Actions for the view Failed').click()
      await page.getByRole('menuitem', { name: 'Rename view…' }).click()
      await desk.field('View name').fill('What failed')
      await page.keyboard.press('Enter')
      await expect(views.getByRole('listitem').first()).toContainText('What failed')
      await quit()
      const again = await launch()
      const saved = again.page.getByRole('list', { name: 'Saved views' })
      await expect(saved.getByRole('listitem')).toHaveText(['What failed', 'Not by me'])
      await saved.getByRole('button', { name: 'Not by me', exact: true }).click()
      const found = again.page.locator('[data-record]')
      await expect(found.first()).toContainText('renamed outside this app')
      await expect(again.page.getByLabel('Made by')).toHaveValue('elsewhere')
      await new Desk(again.page).button('Actions for the view Not by me').click()
      await again.page.getByRole('menuitem', { name: 'Delete view' }).click()
      await expect(saved.getByRole('listitem')).toHaveText(['What failed'])
      await new Desk(again.page).button('Undo').click()
      await expect(saved.getByRole('listitem')).toHaveText(['What failed', 'Not by me'])
    })
  })
})
