import type { Locator, Page } from '@playwright/test'
import { Desk } from './desk.ts'

/** What a person does in the window, counted: each press, each choice and each field that is filled is a step. */
export class Steps {
  readonly desk: Desk
  #count = 0

  constructor(page: Page) {
    this.desk = new Desk(page)
  }

  async goTo(place: Parameters<Desk['goTo']>[0]): Promise<void> {
    this.#count += 1
    await this.desk.goTo(place)
  }

  async press(target: Locator | string): Promise<void> {
    this.#count += 1
    await (typeof target === 'string' ? this.desk.button(target) : target).click()
  }

  async choose(field: string, option: string): Promise<void> {
    this.#count += 1
    await this.desk.field(field).selectOption(option)
  }

  async fill(field: string, text: string): Promise<void> {
    this.#count += 1
    await this.desk.field(field).fill(text)
  }

  /** The steps since this was asked last. */
  take(): number {
    const count = this.#count
    this.#count = 0
    return count
  }
}
