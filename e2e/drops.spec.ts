import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { linkCanaries, presignedLink } from './links.ts'

const notice = (page: Page) => page.getByRole('alert')

/** Bad input 51 of the list, and what real desktops make of links: everything that can be let go over the window. */
test('URL 51: what is dropped becomes drafts, or is refused with the reason', async ({
  connect,
  sandbox,
  userData
}) => {
  const { page, desk } = await connect('Amara Osei')
  const folder = join(userData, 'to drop')
  mkdirSync(join(folder, 'takes.txt'), { recursive: true })
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const clear = async () => {
    await desk.goTo('Replicas')
    for (const close of await page.getByRole('button', { name: 'Close', exact: true }).all()) {
      await close.click()
    }
    await expect(notice(page)).toHaveCount(0)
  }
  const startAnew = async () => {
    await desk.discardDrafts()
    await clear()
  }

  await test.step('a folder, even one that is called like a file of links', async () => {
    await desk.drop({ files: [folder, join(folder, 'takes.txt')] })
    await expect(notice(page)).toContainText('2 files not imported')
    await expect(notice(page)).toContainText('to drop is a folder. Drop the files in it instead.')
    await expect(notice(page)).toContainText('takes.txt is a folder.')
    await expect(page.getByRole('heading', { name: 'Replicas', level: 1 })).toBeVisible()
    await clear()
  })

  await test.step('a web page, which is neither opened nor read', async () => {
    const before = page.url()
    await desk.drop({
      files: [file('page.html', '<a href="https://files.example/a.mp4">a</a><script>1</script>')]
    })
    await expect(notice(page)).toContainText(
      'page.html is neither a video nor a .url, .webloc, .txt or .csv file.'
    )
    expect(page.url()).toBe(before)
    await clear()
  })

  await test.step('a file of links without a link', async () => {
    await desk.drop({ files: [file('notes.txt', 'Ask Amara for the takes.')] })
    await expect(notice(page)).toContainText('notes.txt contains no link.')
    await clear()
  })

  await test.step('a Windows shortcut', async () => {
    const link = presignedLink('from-windows.mp4')
    await desk.drop({ files: [file('take.url', `[InternetShortcut]\r\nURL=${link}\r\n`)] })
    await expect(desk.drafts).toHaveCount(1)
    await expect(desk.field('Training video URL')).toHaveValue(/from-windows\.mp4$/)
    expect(await page.content()).not.toContain(linkCanaries[0])
    await startAnew()
  })

  await test.step('a macOS shortcut', async () => {
    const link = presignedLink('from-a-mac.mp4').replaceAll('&', '&amp;')
    const list = `<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>${link}</string></dict></plist>`
    await desk.drop({ files: [file('take.webloc', list)] })
    await expect(desk.field('Training video URL')).toHaveValue(/from-a-mac\.mp4$/)
    await startAnew()
  })

  await test.step('a macOS shortcut in binary form that is damaged', async () => {
    await desk.drop({ files: [file('binary.webloc', 'bplist00\0\0https://files.example/x')] })
    await expect(notice(page)).toContainText('contains no text')
    await clear()
  })

  await test.step('a list of addresses with comments and CRLF', async () => {
    const list =
      '# from the studio\r\nhttps://files.example/a.mp4\r\n#\r\n\r\nhttps://files.example/b.mp4\r\n'
    await desk.drop({
      items: [
        { mimeType: 'text/uri-list', data: list },
        { mimeType: 'text/plain', data: list }
      ]
    })
    await expect(desk.drafts).toHaveCount(2)
    await expect(desk.drafts.first()).toContainText('a.mp4')
    await expect(desk.drafts.last()).toContainText('b.mp4')
    await startAnew()
  })

  await test.step('such a list alone, of which Chromium hands over nothing', async () => {
    const list = '# from the studio\r\nhttps://files.example/a.mp4\r\n'
    await desk.drop({ items: [{ mimeType: 'text/uri-list', data: list }] })
    await expect(notice(page)).toContainText('No link found')
    await clear()
  })

  await test.step('a list of addresses alone', async () => {
    const list = 'https://files.example/a.mp4\r\nhttps://files.example/b.mp4\r\n'
    await desk.drop({ items: [{ mimeType: 'text/uri-list', data: list }] })
    await expect(desk.drafts).toHaveCount(2)
    await startAnew()
  })

  await test.step('good and bad together', async () => {
    await desk.drop({
      files: [
        file('good.txt', 'https://files.example/good.mp4'),
        folder,
        file('bad.txt', 'nothing')
      ]
    })
    await expect(desk.field('Training video URL')).toHaveValue(/good\.mp4$/)
    await expect(notice(page)).toContainText('2 files not imported')
    await startAnew()
  })

  await test.step('text without a link', async () => {
    await desk.drop({ items: [{ mimeType: 'text/plain', data: 'Amara' }] })
    await expect(notice(page)).toContainText('No link found')
  })
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
