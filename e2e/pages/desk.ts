import { expect, type Locator, type Page } from '@playwright/test'
import type { Bridge } from '../../src/shared/ipc/bridge.ts'

type Place =
  | 'Replicas'
  | 'Videos'
  | 'Voices'
  | 'PALs'
  | 'Conversations'
  | 'Models'
  | 'Versions'
  | 'People'
  | 'Inbox'
  | 'History'
  | 'Accounts'
  | 'Settings'

/** What a new account is told; at Tavus unless it says otherwise. */
export interface AccountForm {
  readonly provider?: 'Tavus' | 'Replicate'
  readonly name: string
  readonly key: string
  readonly address: string
}

/** What is dropped: texts by their type, or files and folders by their path. */
export interface Dropped {
  readonly items?: readonly { readonly mimeType: string; readonly data: string }[]
  readonly files?: readonly string[]
}

/** The window as a person works in it, by the names that assistive technology hears. */
export class Desk {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async goTo(place: Place): Promise<void> {
    await this.page.getByRole('link', { name: place, exact: true }).click()
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  field(name: string): Locator {
    return this.page.getByLabel(name, { exact: true })
  }

  async addAccount({ provider = 'Tavus', name, key, address }: AccountForm): Promise<void> {
    await this.button('Add account').first().click()
    await this.page.getByRole('radio', { name: provider }).check()
    await this.field('Account name').fill(name)
    await this.field('API address').fill(address)
    await this.field(provider === 'Tavus' ? 'API key' : 'API token').fill(key)
    await this.button('Save account').click()
  }

  /** All drafts that are drawn: rows, or the card of the only one. */
  get drafts(): Locator {
    return this.page.locator('[data-draft]')
  }

  /** Opens the card of a draft in the table, which closes another one. */
  async openDraft(name: string): Promise<Locator> {
    const row = this.page.locator('[data-draft] > [aria-expanded]').filter({ hasText: name })
    // The guard keeps a dropped file from being navigated to, and Playwright may wait for that for ever.
    await row.click({ noWaitAfter: true })
    return this.page.getByRole('region', { name: /^Draft \d/ })
  }

  async discardDrafts(): Promise<void> {
    await this.page.evaluate(async () => {
      const { app } = window as unknown as { app: Bridge }
      const known = await app.appBootstrap({})
      const draftIds = known.ok ? known.value.drafts.map(({ id }) => id) : []
      if (draftIds.length > 0) await app.draftDiscard({ draftIds })
    })
  }

  /** The row or cell of an asset, by its id. */
  asset(id: string): Locator {
    return this.page
      .getByRole('row', { name: id })
      .or(this.page.getByRole('gridcell', { name: id }))
      .first()
  }

  async deleteSoftly(name: string): Promise<void> {
    await this.button(`Delete ${name}`).click()
  }

  async openActions(name: string, item: string): Promise<void> {
    await this.button(`Actions for ${name}`).click()
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  /** How long soft deletions are held; 0 sends them at once. */
  async hold(seconds: number): Promise<void> {
    await this.page.evaluate(
      (holdSeconds) => (window as unknown as { app: Bridge }).app.settingsUpdate({ holdSeconds }),
      seconds
    )
  }

  /** The list of everything that is held, under way or ended. */
  get deletions(): Locator {
    return this.page.getByRole('region', { name: 'Deletions', exact: true })
  }

  async openDeletions(): Promise<Locator> {
    await this.button('Open deletions').click()
    return this.deletions
  }

  async deletePermanently(name: string): Promise<void> {
    await this.openActions(name, 'Delete permanently…')
    await this.field('Type the name to confirm').fill(name)
    await this.button('Delete permanently').click()
  }

  /** Waits until the history shows a line with all of these words. */
  async expectHistory(...words: readonly string[]): Promise<void> {
    const pattern = new RegExp(words.map((word) => `(?=.*${word})`).join(''), 'is')
    await expect(this.page.getByRole('main').getByText(pattern).first()).toBeVisible()
  }

  /** Opens the newest operation of the history that shows all of these words, to its records. */
  async openOperation(...words: readonly string[]): Promise<void> {
    const pattern = new RegExp(words.map((word) => `(?=.*${word})`).join(''), 'is')
    const line = this.page.locator('[data-record][aria-expanded]', { hasText: pattern }).first()
    await line.click()
    await expect(line).toHaveAttribute('aria-expanded', 'true')
  }

  /** Drops these links on the region for them. */
  async dropLinks(links: readonly string[]): Promise<void> {
    const region = this.page.getByRole('region', { name: 'Drop training video links' })
    const box = await region.boundingBox()
    if (box === null) throw new Error('The drop region is not on the screen')
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const items = [
      { mimeType: 'text/uri-list', data: links.join('\r\n') },
      { mimeType: 'text/plain', data: links.join('\n') }
    ]
    await this.drop({ items }, at)
  }

  /** Drops anything on the window as the system would: a trusted drop, which no script can make. */
  async drop({ items = [], files = [] }: Dropped, at = { x: 500, y: 300 }): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const data = { items: [...items], files: [...files], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...at, data })
    }
    await session.detach()
  }
}
