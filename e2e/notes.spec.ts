import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

const written = 'ملاحظة: 葉子 کے لیے, film again'

test('notes and tags are written in the details, taken back, found everywhere and kept', async ({
  connect
}) => {
  const { page, desk } = await connect('Amara Osei', 'Kenji Watanabe')
  const details = page.getByRole('complementary')
  const notes = details.getByRole('region', { name: 'Notes and tags' })
  const cells = page.getByRole('main').getByRole('gridcell')
  const name = 'Amara Osei'

  await test.step('a note and a tag', async () => {
    await cells.filter({ hasText: name }).click()
    await notes.getByRole('button', { name: 'Add note' }).click()
    await notes.getByRole('textbox', { name: 'Note', exact: true }).fill(written)
    await notes.getByRole('button', { name: 'Save note' }).click()
    await expect(notes.getByText(written)).toBeVisible()
    await expect(notes.getByRole('button', { name: 'Edit note' })).toBeFocused()
    const tag = notes.getByRole('combobox', { name: 'Add tag' })
    await tag.fill('  Frühling ')
    await tag.press('Enter')
    await expect(notes.getByRole('button', { name: 'Remove tag Frühling' })).toBeVisible()
    await expect(tag).toHaveValue('')
  })

  await test.step('what was changed last is taken back', async () => {
    await notes.getByRole('button', { name: 'Remove tag Frühling' }).click()
    await expect(notes.getByRole('button', { name: 'Remove tag Frühling' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(notes.getByRole('button', { name: 'Remove tag Frühling' })).toBeVisible()
  })

  await test.step('the library finds it, and narrows to the tag', async () => {
    await page.getByRole('searchbox').fill('葉子')
    await expect(cells).toHaveCount(1)
    await expect(cells).toContainText(name)
    await page.getByRole('searchbox').fill('')
    await expect(cells).toHaveCount(2)
    await desk.button('Filter').click()
    await page.getByRole('menuitemcheckbox', { name: /^Frühling/ }).click()
    await page.keyboard.press('Escape')
    await expect(cells).toHaveCount(1)
    await expect(cells).toContainText(name)
  })

  await test.step('the palette and the history find it', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').last().fill('fruhling')
    await expect(page.getByRole('option', { name: new RegExp(name) })).toBeVisible()
    await page.keyboard.press('Escape')
    await desk.goTo('History')
    await page.getByRole('searchbox').fill('film again')
    await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('note changed')
  })

  await test.step('every list has a menu, by the right button and by the keyboard', async () => {
    const menu = page.getByRole('menu')
    const entry = (label: string) => menu.getByRole('menuitem', { name: label, exact: true })
    const closed = async () => {
      await page.keyboard.press('Escape')
      await expect(menu).toHaveCount(0)
    }
    const record = page.getByRole('list', { name: 'Timeline' }).getByRole('button').first()
    await record.focus()
    await page.keyboard.press('Shift+F10')
    await expect(entry('Show history')).toBeVisible()
    await closed()
    await expect(record).toBeFocused()
    await record.click({ button: 'right' })
    await entry('Show asset').click()
    await expect(details.getByRole('heading', { name })).toBeVisible()

    await desk.goTo('Accounts')
    await page.getByRole('main').getByRole('listitem').first().click({ button: 'right' })
    await expect(entry('Check key')).toBeVisible()
    await closed()

    await desk.goTo('People')
    await desk.button('Add person').first().click()
    await desk.field('Name').fill('Lin Zhao')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'All people' }).click()
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Lin Zhao/ })
      .click({ button: 'right' })
    await entry('Show details').click()
    const note = page.getByRole('region', { name: 'Notes and tags' })
    await note.getByRole('combobox', { name: 'Add tag' }).fill('actor')
    await page.keyboard.press('Enter')
    await expect(note.getByRole('button', { name: 'Remove tag actor' })).toBeVisible()
  })
})
