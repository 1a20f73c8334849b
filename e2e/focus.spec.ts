import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { DEFAULT_REPLICATE_KEY } from '../src/sandbox/replicate-sandbox.ts'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import type { LibraryKey } from '../src/shared/commands.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'

test('the keyboard is where it was before, whatever came over the screen', async ({ connect }) => {
  const { page, desk, replicas } = await connect('Amara', 'Bao', 'Chidi')
  const cell = desk.asset(replicas[1]?.id ?? '')
  const actions = desk.button('Actions for Bao')

  for (const item of ['Delete permanently…', 'Erase likeness…', 'Assign to person…']) {
    await test.step(`${item} from the menu`, async () => {
      await cell.focus()
      await desk.openActions('Bao', item)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(actions).toBeFocused()
    })
  }

  await test.step('a name that is edited where it stands', async () => {
    await cell.focus()
    await desk.openActions('Bao', 'Rename')
    await expect(desk.field('New name')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(cell).toBeFocused()
    await page.keyboard.press('F2')
    await desk.field('New name').fill('Bao Nguyen')
    await page.keyboard.press('Enter')
    await expect(cell).toContainText('Bao Nguyen')
    await expect(cell).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect(cell).not.toContainText('Nguyen')
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: 'Rename' }).click()
    await expect(details.getByLabel('New name')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(details.getByRole('heading', { name: 'Bao' })).toBeVisible()
    await page.keyboard.press('F2')
    await expect(details.getByLabel('New name')).toHaveValue('Bao')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(details).toHaveCount(0)
    await expect(cell).toBeFocused()
  })

  await test.step('a large preview, which goes on to the neighbors', async () => {
    await page.keyboard.press('Space')
    await expect(page.getByRole('dialog', { name: 'Bao' })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('dialog', { name: 'Bao' })).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('dialog')).toContainText('1 of 3')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('gridcell').first()).toBeFocused()
    await expect(page.getByRole('main').locator('[aria-selected="true"]')).toHaveCount(0)
  })

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

  await test.step('another screen begins at its name, a form at its first field', async () => {
    await cell.focus()
    await page.keyboard.press('Control+6')
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeFocused()
    await page.keyboard.press('Control+n')
    await expect(desk.field('Replica name')).toBeFocused()
  })
})

/** The field has the focus, is told to be wrong, and what is wrong is read with it. */
const expectRefused = async (field: Locator, why: string): Promise<void> => {
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(new RegExp(why.replaceAll('.', '\\.')))
}

test('a form that lacks something goes to what it lacks', async ({
  connect,
  replicate,
  sandbox
}) => {
  const { page, desk } = await connect('Amara', 'Bao')
  const dialog = page.getByRole('dialog')
  const refuse = (method: string, status: number, said: string) => {
    const effect = { kind: 'answer', status, body: { error: said } } as const
    sandbox.faults.add({ match: { method, path: '/v2/' }, effect })
  }
  const closed = async () => {
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }

  await test.step('an account', async () => {
    await desk.goTo('Accounts')
    await desk.button('Add account').first().click()
    await expect(desk.field('API key')).toBeFocused()
    await expect(desk.field('Account name')).toHaveValue('Tavus')
    await page.getByRole('radio', { name: 'Replicate' }).check()
    await expect(desk.field('Account name')).toHaveValue('Replicate')
    await page.getByRole('radio', { name: 'Tavus' }).check()
    await desk.field('Account name').fill('')
    await desk.button('Save account').click()
    await expectRefused(desk.field('Account name'), 'Required')
    await desk.field('Account name').fill('Studio South')
    await desk.button('Save account').click()
    await expectRefused(desk.field('API key'), 'Required')
    await desk.field('API key').fill('another-canary-key-91c2')
    await desk.field('API address').fill('ftp://nowhere')
    await page.keyboard.press('Enter')
    await expectRefused(desk.field('API address'), 'The address must begin with https://.')
    await desk.field('API address').fill(sandbox.origin)
    await page.keyboard.press('Enter')
    await expectRefused(desk.field('API key'), 'Tavus rejected this key.')
    await closed()
  })

  await test.step('a new name', async () => {
    await desk.goTo('Replicas')
    await desk.openActions('Bao', 'Rename')
    await desk.field('New name').fill(' ')
    await page.keyboard.press('Enter')
    await expectRefused(desk.field('New name'), 'Enter a name.')
    refuse('PATCH', 400, 'No such name.')
    await desk.field('New name').fill('Bao Nguyen')
    await page.keyboard.press('Enter')
    await expectRefused(desk.field('New name'), 'No such name.')
    sandbox.faults.clear()
    await closed()
  })

  await test.step('a person, and the rule on names', async () => {
    await desk.goTo('People')
    await desk.button('Add person').first().click()
    await desk.field('Auto-assign by name').fill('A')
    await desk.button('Save person').click()
    await expectRefused(desk.field('Name'), 'Enter a name.')
    await desk.field('Name').fill('Amara Osei')
    await desk.button('Save person').click()
    await expectRefused(desk.field('Auto-assign by name'), 'Use at least 2 characters.')
    await desk.field('Auto-assign by name').fill('李明')
    await desk.button('Save person').click()
    await expect(page.getByRole('heading', { name: 'Amara Osei', level: 1 })).toBeVisible()
  })

  await test.step('a person that a face is assigned to', async () => {
    await desk.goTo('Replicas')
    await desk.openActions('Bao', 'Assign to person…')
    await dialog.getByRole('radio', { name: 'New person' }).check()
    await expect(desk.field('Name of the new person')).toHaveValue('Bao')
    await desk.field('Name of the new person').fill('')
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
    await expectRefused(desk.field('Name of the new person'), 'Enter a name.')
    await closed()
  })

  await test.step('a draft', async () => {
    await desk.button('New replica').click()
    await desk.field('Replica name').fill('Chidi')
    await desk.button('A separate video').click()
    await desk.button('Create replica').click()
    await expectRefused(desk.field('Training video URL'), 'Required')
    await desk.button('Create replica').focus()
    await page.keyboard.press('Enter')
    await expectRefused(desk.field('Training video URL'), 'Required')
    await desk.field('Training video URL').fill('https://videos.example.com/training.mp4')
    // Leaving the field takes its error away, which moves the button from under the pointer.
    await desk.button('Create replica').hover()
    await page.mouse.down()
    await expect(desk.field('Training video URL')).not.toHaveAttribute('aria-invalid', 'true')
    await page.mouse.up()
    await expectRefused(desk.field('Consent video URL'), 'Required')
  })

  await test.step('a draft that Tavus refuses at a field, and without naming one', async () => {
    await desk.field('Consent video URL').fill('https://videos.example.com/consent.mp4')
    refuse('POST', 400, 'Invalid model_name.')
    await desk.button('Create replica').click()
    await expectRefused(desk.field('Model'), 'Invalid model_name.')
    sandbox.faults.clear()
    refuse('POST', 402, 'Out of credits.')
    await desk.button('Create replica').click()
    await expect(page.getByRole('status').filter({ hasText: 'Out of credits.' })).toBeVisible()
    await expect(desk.button('Create replica')).toBeFocused()
    sandbox.faults.clear()
  })

  await test.step('what was created leaves the keyboard at its result', async () => {
    await desk.button('Create replica').click()
    await expect(page.getByRole('status').filter({ hasText: 'Chidi' }).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Show replica', exact: true })).toBeFocused()
  })

  await test.step('a model', async () => {
    await desk.goTo('Accounts')
    await desk.addAccount({
      provider: 'Replicate',
      name: 'Lab',
      key: DEFAULT_REPLICATE_KEY,
      address: replicate.origin
    })
    await desk.goTo('Models')
    await desk.button('Add model by name').first().click()
    await dialog.getByRole('button', { name: 'Add model' }).click()
    await expectRefused(desk.field('Name or address'), 'Enter the name or address of a model.')
    await desk.field('Name or address').fill('not a name')
    await dialog.getByRole('button', { name: 'Add model' }).click()
    await expectRefused(desk.field('Name or address'), 'Not a model.')
    await closed()
  })
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
    const toast = page.getByRole('region', { name: 'Pending deletions' })
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
      await test.step(`${sort}: Ctrl+Space, and a range from it`, async () => {
        await stir()
        await page.keyboard.press('Control+Space')
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

    const focused = page.getByRole('main').locator('[data-key]:focus')
    const details = page.getByRole('complementary')
    const isStillIt = () => expect(cell).toBeFocused()
    /** Wherever the focus went, it is with one that is listed, or with the list once that is gone; nothing was done. */
    const onlyMoved = async () => {
      await expect(focused.or(page.locator('[role="grid"]:focus'))).toHaveCount(1)
      await expect(chosen).toHaveCount(0)
    }
    const isChosen = () => expect(cell).toHaveAttribute('aria-selected', 'true')
    /** What each key of the library may do while rows come, go and are sorted anew. A key that is not tried does not compile. */
    const underRefreshes: Readonly<Record<LibraryKey, readonly [string, () => Promise<void>]>> = {
      search: ['/', () => expect(page.getByRole('searchbox')).toBeFocused()],
      move: ['ArrowUp', onlyMoved],
      'type-ahead': ['d', onlyMoved],
      ends: ['Home', onlyMoved],
      pages: ['PageUp', onlyMoved],
      open: [
        'Enter',
        async () => {
          await expect(details.getByRole('heading', { name: 'Dara' })).toBeVisible()
          await isStillIt()
        }
      ],
      preview: ['Space', () => expect(page.getByRole('dialog', { name: 'Dara' })).toBeVisible()],
      choose: [
        'Control+Space',
        async () => {
          await expect(chosen).toHaveCount(1)
          await expect(cell).toHaveAttribute('aria-selected', 'true')
        }
      ],
      // What came in or went meanwhile may have changed how many these are, not that it is one of them.
      'choose-range': ['Shift+Home', isChosen],
      'choose-all': ['Control+a', isChosen],
      'copy-id': [
        'Control+c',
        () => expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(dara)
      ],
      rename: ['F2', () => expect(desk.field('New name')).toHaveValue('Dara')],
      delete: ['Delete', () => expect(toast).toContainText('Deleting Dara in')],
      back: ['Escape', isStillIt]
    }
    /** One step back at a time, until nothing is open, chosen or held. */
    const putBack = async () => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.keyboard.press('Control+z')
      await expect(toast).toHaveCount(0)
      await cell.focus()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await expect(chosen).toHaveCount(0)
      await expect(details).toHaveCount(0)
      await cell.focus()
    }
    for (const [name, [key, check]] of Object.entries(underRefreshes)) {
      await test.step(`while one refresh follows the other: ${name}`, async () => {
        await app.evaluate(({ clipboard }) => clipboard.writeText('nothing yet'))
        change()
        const before = refreshNow(page)
        change()
        const refreshes = [before, refreshNow(page)]
        await page.keyboard.press(key)
        change()
        refreshes.push(refreshNow(page))
        await Promise.all(refreshes)
        // One that was asked for while another ran may have been answered by that.
        await refreshNow(page)
        await expect(desk.asset(above.at(-1) ?? '')).toBeVisible()
        await check()
        await putBack()
      })
    }

    await test.step('what was selected is what Delete takes, wherever the focus is', async () => {
      await page.keyboard.press('Control+Space')
      await stir()
      await page.keyboard.press('End')
      await expect(focused).toHaveCount(1)
      await page.keyboard.press('Delete')
      await expect(toast).toContainText('Deleting Dara in')
      await putBack()
    })

    await test.step('a key that is held down is meant for the first alone', async () => {
      await page.keyboard.down('Delete')
      await stir()
      await page.keyboard.down('Delete')
      await page.keyboard.down('Delete')
      await page.keyboard.up('Delete')
      await expect(toast).toHaveCount(1)
      await expect(toast).toContainText('Deleting Dara in')
      await putBack()
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

test('the focus stays where it is on the other screens, whatever comes in above it', async ({
  connect,
  sandbox
}) => {
  const { page, desk } = await connect('Amara', 'Bao')
  const focusedName = () => page.evaluate(() => document.activeElement?.textContent)
  let round = 0
  /** Something happens that every screen hears of. */
  const happen = async () => {
    round += 1
    const fresh = makeReplica(`Aaa ${round}`, sandbox.clock.now() + round * 1_000)
    sandbox.state.addReplica(fresh)
    await refreshNow(page)
    return fresh.name
  }

  await test.step('the history: Enter opens the record that has the focus', async () => {
    await desk.goTo('History')
    const record = page.locator('[data-record]').filter({ hasText: 'Account added' })
    const fallback = page.locator('[data-record]').last()
    const held = (await record.count()) > 0 ? record.first() : fallback
    await held.focus()
    const text = await focusedName()
    const name = await happen()
    await expect(page.locator('[data-record]').filter({ hasText: name })).toBeVisible()
    expect(await focusedName()).toBe(text)
    await page.keyboard.press('Enter')
    await expect(
      page.locator('[data-record][aria-pressed="true"], [data-record][aria-expanded="true"]')
    ).toHaveText(text ?? '')
  })

  await test.step('people: Enter opens the person that has the focus', async () => {
    await page.evaluate(async () => {
      const { app } = window as unknown as { app: Bridge }
      await app.personSave({ id: null, name: 'Marta', nameRule: null, consent: null })
    })
    await desk.goTo('People')
    const marta = page
      .getByRole('main')
      .getByRole('listitem')
      .getByRole('button', { name: /Marta/ })
    await marta.focus()
    await page.evaluate(async () => {
      const { app } = window as unknown as { app: Bridge }
      await app.personSave({ id: null, name: 'Abel', nameRule: null, consent: null })
    })
    await expect(page.getByRole('main').getByText('Abel')).toBeVisible()
    await expect(marta).toBeFocused()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('zzz')
    await expect(page.getByText('No one is called “zzz”.')).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(desk.field('Search')).toHaveValue('')
    await marta.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Marta', level: 1 })).toBeVisible()
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
    await expect(desk.field('Search')).toBeFocused()
  })

  await test.step('accounts: a button stays that of its account', async () => {
    await desk.goTo('Accounts')
    const check = page.getByRole('main').getByRole('button', { name: 'Check key' })
    await check.focus()
    await happen()
    await expect(check).toBeFocused()
  })
})

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
    await expect(page.getByRole('region', { name: 'Pending deletions' })).toHaveCount(3)
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

  await test.step('a notice is whole however long it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'papers-'))
    const files = ['one', 'two', 'three'].map((name) => join(folder, `${name.repeat(12)}.docx`))
    for (const file of files) writeFileSync(file, '')
    await desk.drop({ files })
    const notice = page
      .locator('[aria-live="polite"] [data-tone]')
      .filter({ hasText: 'not imported' })
    await expect(notice).toContainText('3 files not imported')
    await expect
      .poll(() => notice.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight))
      .toBeLessThanOrEqual(0)
    rmSync(folder, { recursive: true })
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
