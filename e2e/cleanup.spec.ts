import { expect, type Locator, type Page } from '@playwright/test'
import { makeDeployment, makeModel, makeVersion } from '../src/sandbox/replicate-made-data.ts'
import type { ReplicateSandbox } from '../test/sandbox/faulty-replicate.ts'
import { test } from './fixtures.ts'
import { studioModels } from './pages/accounts.ts'
import { batchesIn, isOver, timesAsked } from './pages/batches.ts'
import { Desk } from './pages/desk.ts'

test.use({ replicateOptions: { seedData: 'empty', removalMs: 500 } })

const dayMs = 86_400_000
const modelName = 'team-faces'
const modelId = `studio-north/${modelName}`
/** Days since each version was made. */
const ages = [3, 20, 40, 120, 200, 400] as const
type Age = (typeof ages)[number]
const deployedAge = 200

const fill = (replicate: ReplicateSandbox): ReadonlyMap<string, Age> => {
  const now = Date.now()
  replicate.state.addModel(makeModel(modelName, now - 401 * dayMs))
  const made = ages.map((age) => [age, makeVersion(modelId, `${age}`, now - age * dayMs)] as const)
  for (const [age, version] of made) {
    replicate.state.addVersion(version)
    if (age === deployedAge) replicate.state.addDeployment(makeDeployment('lobby', version, now))
  }
  return new Map(made.map(([age, { id }]) => [id, age]))
}

interface Choice {
  readonly keep: string
  readonly olderThan: string
  readonly keepDeployed: boolean
}

/** Opens the plan for a choice through the window. */
const planFor = async (desk: Desk, choice: Choice): Promise<Locator> => {
  await desk.openActions(modelName, 'Clean up versions…')
  await desk.field('Keep the newest').fill(choice.keep)
  await desk.field('Only versions older than').selectOption(choice.olderThan)
  const { page } = desk
  await page
    .getByRole('switch', { name: 'Keep deployed versions' })
    .setChecked(choice.keepDeployed, { force: true })
  await desk.button('Show plan').click()
  const dialog = page.getByRole('dialog').filter({ hasText: `Delete old versions of ${modelName}` })
  await dialog.getByRole('button', { name: /^\d+ versions?$/ }).click()
  return dialog
}

/** How old the versions are that the plan would delete, as it lists them: the oldest first. */
const expectPicked = (
  dialog: Locator,
  versions: ReadonlyMap<string, Age>,
  wanted: readonly Age[]
) =>
  expect
    .poll(async () => {
      const rows = await dialog
        .getByRole('region', { name: 'Versions' })
        .getByRole('listitem')
        .allTextContents()
      return rows.flatMap(
        (row) => [...versions].find(([id]) => row.includes(`:${id.slice(0, 12)}`))?.[1] ?? []
      )
    })
    .toEqual(wanted)

const expectEnded = (page: Page) =>
  expect.poll(async () => (await batchesIn(page)).every(isOver), { timeout: 30_000 }).toBe(true)

test('old versions are chosen by age, number and deployment, looked at, and cleaned up', async ({
  launch,
  replicate
}) => {
  const versions = fill(replicate)
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioModels(replicate))
  await desk.goTo('Models')
  await expect(desk.asset(modelId)).toBeVisible()
  await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')

  await test.step('all but the latest and what is deployed', async () => {
    const plan = await planFor(desk, { keep: '1', olderThan: 'Any age', keepDeployed: true })
    await expectPicked(plan, versions, [400, 120, 40, 20])
    await expect(plan).toContainText('Replicate reports no runs of the model')
    await expect(plan).toContainText('You chose to keep it.')
    await page.keyboard.press('Escape')
  })

  await test.step('what is deployed stands in the way if it is not to be kept', async () => {
    const plan = await planFor(desk, { keep: '2', olderThan: '90 days', keepDeployed: false })
    await expectPicked(plan, versions, [400, 200, 120])
    await plan.getByRole('button', { name: /^Blocked Used by a deployment/ }).click()
    await expect(plan).toContainText('A deployment uses it')
    await expect(plan).toContainText('studio-north/lobby')
    await expect(plan.getByRole('textbox')).toBeDisabled()
    await page.keyboard.press('Escape')
  })

  await test.step('old ones but the newest three; nothing was asked until they are confirmed', async () => {
    const plan = await planFor(desk, { keep: '3', olderThan: '30 days', keepDeployed: true })
    await expectPicked(plan, versions, [400, 120])
    expect(replicate.requests.every(({ method }) => method === 'GET')).toBe(true)
    await plan.getByLabel('Type 2 to confirm').fill('2')
    await plan.getByRole('button', { name: 'Delete permanently' }).click()
    await expect(plan).toHaveCount(0)
  })

  await test.step('they go, once each, and the others stay', async () => {
    const left = () =>
      new Set(replicate.state.versionsOf(modelId).map(({ id }) => versions.get(id)))
    await expect.poll(left).toEqual(new Set([3, 20, 40, 200]))
    const asked = [...timesAsked(replicate.requests)].map(([id, times]) => ({
      age: versions.get(id),
      times
    }))
    expect(new Set(asked)).toEqual(
      new Set([
        { age: 400, times: 1 },
        { age: 120, times: 1 }
      ])
    )
    expect(replicate.state.model(modelId)).toBeDefined()
    await expectEnded(page)
    await expect(desk.deletions).toContainText('2 no longer listed')
    await page.keyboard.press('Escape')
    await desk.asset(modelId).click()
    await expect(page.getByRole('region', { name: 'Versions' }).getByRole('listitem')).toHaveCount(
      4
    )
  })

  await test.step('the history says which', async () => {
    await desk.goTo('History')
    await desk.openOperation('2 versions permanently deleted')
    const gone = page
      .getByRole('main')
      .locator('[data-record]')
      .filter({ hasText: 'checked again: removed' })
    await expect(gone).toHaveCount(2)
    for (const [id, age] of versions) {
      const told = gone.filter({ hasText: `${modelName}:${id.slice(0, 12)}` })
      await expect(told).toHaveCount(age === 400 || age === 120 ? 1 : 0)
    }
  })
})
