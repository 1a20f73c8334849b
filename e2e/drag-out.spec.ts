import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'

const pictures = join(import.meta.dirname, '..', 'resources', 'sample')

interface Recorder {
  readonly dragged: string[]
}

/** The system's own drag needs a real pointer; what it is handed is told here instead. */
test('a face is dragged out of the details as a picture with the name of the person', async ({
  connect
}) => {
  const { app, page, desk, replicas } = await connect('Camila / Núñez')
  await app.evaluate(({ BrowserWindow }) => {
    const recorder: Recorder = { dragged: [] }
    Object.assign(globalThis, { recorder })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined) throw new Error('There is no window')
    contents.startDrag = ({ file, icon }) => {
      if (typeof icon === 'string' || icon.isEmpty()) throw new Error('A drag needs a picture')
      recorder.dragged.push(file)
    }
  })
  const dragged = () =>
    app.evaluate(() => (globalThis as unknown as { recorder: Recorder }).recorder.dragged)
  await page.getByRole('gridcell', { name: replicas[0]?.id ?? '' }).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.locator('img')).toBeVisible()
  const box = await details.locator('img').boundingBox()
  if (box === null) throw new Error('The face is not on the screen')
  await page.mouse.move(box.x + 120, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 100, box.y + 90, { steps: 4 })
  await expect.poll(dragged).toHaveLength(1)
  await page.mouse.up()
  const [file = ''] = await dragged()
  expect(basename(file)).toBe('Camila _ Núñez.png')
  expect(readFileSync(file).equals(readFileSync(join(pictures, 'adaeze.png')))).toBe(true)

  await test.step('after that the window takes drops as ever', async () => {
    await desk.drop({
      items: [{ mimeType: 'text/plain', data: 'https://files.example/after.mp4' }]
    })
    await expect(page.getByLabel('Training video URL')).toHaveValue(/after\.mp4$/)
  })
})
