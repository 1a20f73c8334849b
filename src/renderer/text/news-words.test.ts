import { expect, it } from 'vitest'
import { accountIdSchema } from '../../shared/domain/account.ts'
import { assetIdSchema } from '../../shared/domain/asset.ts'
import type { NewsItem } from '../../shared/domain/news.ts'
import { filesLeftNotice, newsNotice } from './news-words.ts'

const accountId = accountIdSchema.parse('acc_00000001')

const item = (
  what: NewsItem['what'],
  name: string,
  kind: NewsItem['ref']['kind'] = 'replica',
  more: Partial<NewsItem> = {}
): NewsItem => ({
  what,
  name,
  ref: { accountId, kind, id: assetIdSchema.parse(`id-${name.replaceAll(' ', '') || 'unnamed'}`) },
  reason: null,
  wasAsked: false,
  files: [],
  ...more
})

it('says what one thing came to, by whom, in the words of its kind', () => {
  const said = [
    item('ready', 'Amara'),
    item('ready', 'First words', 'video'),
    item('failed', 'Kenji', 'replica', { reason: 'Poor light.' }),
    item('failed', 'Clip', 'video'),
    item('vanished', 'Tamar'),
    item('vanished', 'Bao', 'video', { wasAsked: true }),
    item('vanished', '', 'version'),
    item('returned', 'portrait-lora', 'model')
  ].map((one) => Object.values(newsNotice([one])).join(' | '))
  expect(said).toEqual([
    'good | Amara is ready | Tavus completed the training.',
    'good | First words is ready | Tavus completed the rendering.',
    'bad | Kenji: training failed | Tavus: “Poor light.”',
    'bad | Clip: rendering failed | Tavus gave no reason.',
    'warn | Tamar is no longer listed | Tavus no longer lists this replica. It was not deleted by this app.',
    'warn | Bao is no longer listed | Tavus no longer lists this video. Its deletion was requested here, and the response was lost.',
    'warn | id-unnamed is no longer listed | Replicate no longer lists this version. It was not deleted by this app.',
    'warn | portrait-lora is listed again | Replicate lists this model again after it was gone.'
  ])
})

it('puts much into one notice, the worst first, with the provider only if it is one', () => {
  const ready = ['A', 'B', 'C', 'D', 'E'].map((name) => item('ready', name))
  expect(newsNotice([...ready, item('failed', 'F', 'replica', { reason: 'Too short.' })])).toEqual({
    tone: 'bad',
    title: '6 updates from Tavus',
    text: 'Failed: F. Ready: A, B, C, and 2 more.'
  })
  expect(newsNotice([item('vanished', 'A'), item('vanished', 'M', 'model')]).title).toBe(
    '2 updates from Tavus or Replicate'
  )
})

it('names the one file that is left, and counts several', () => {
  const file = (name: string) => ({ fileName: `${name}.mp4`, replicaName: name })
  expect(filesLeftNotice([file('Amara')])).toEqual({
    tone: 'quiet',
    title: 'Training file no longer needed',
    text: 'Amara is trained. Amara.mp4 is still in your bucket.'
  })
  expect(filesLeftNotice([file('Amara'), file('Kenji')])).toEqual({
    tone: 'quiet',
    title: '2 training files no longer needed',
    text: 'Their replicas are trained. The files are still in your buckets.'
  })
})
