import { describe, expect, test } from 'vitest'
import { readFixture } from '../../../../test/main/providers/tavus/answers/read-answer.ts'
import { trainingRequest } from '../../../../test/main/providers/training-request.ts'
import { assetSchema } from '../../../shared/domain/asset.ts'
import { redact } from '../../../shared/redact.ts'
import { zCreateReplicaBody, zReplicaPage, zVideoPage } from './generated/zod.gen.ts'
import { readProgress, readRow, toCreateRequest } from './tavus-mapping.ts'

const context = {
  origin: null,
  redactText: (text: string) => redact(text.replaceAll('secret', '…'))
}

const replica = (fields: object) => {
  const asset = readRow('replica', { replica_id: 'r1', ...fields }, context)
  if (asset === null) throw new Error('expected an asset')
  return asset
}

const video = (fields: object) => {
  const asset = readRow('video', { video_id: 'v1', ...fields }, context)
  if (asset === null) throw new Error('expected an asset')
  return asset
}

describe('status of a replica', () => {
  test.each([
    [{ status: 'started' }, 'training'],
    [{ status: 'completed', model_name: 'phoenix-4' }, 'ready'],
    [{ status: 'completed', model_name: 'phoenix-4', finetune_status: null }, 'ready'],
    [{ status: 'completed', model_name: 'phoenix-4.5' }, 'preview'],
    [{ status: 'completed', model_name: 'phoenix-4.5', finetune_status: null }, 'preview'],
    [{ status: 'completed', model_name: 'phoenix-4.5', finetune_status: 'running' }, 'preview'],
    [{ status: 'completed', model_name: 'phoenix-4.5', finetune_status: 'completed' }, 'ready'],
    [{ status: 'completed', model_name: 'phoenix-4.5', finetune_status: 'errored' }, 'ready'],
    [{ status: 'completed', finetune_status: 'running' }, 'preview'],
    [{ status: 'error' }, 'failed'],
    [{ status: 'error', model_name: 'phoenix-4.5', finetune_status: 'completed' }, 'failed'],
    [{ status: 'deleted' }, 'deleted'],
    [{ status: 'Completed ' }, 'ready'],
    [{ status: 'training' }, 'other'],
    [{ status: 'toString' }, 'other'],
    [{ status: 7 }, 'other'],
    [{}, 'other']
  ])('%j is %s', (fields, expected) => {
    expect(replica(fields).status).toBe(expected)
  })

  test('an unknown word is kept as it is', () => {
    expect(replica({ status: 'Marinating' }).statusRaw).toBe('Marinating')
  })

  test('failed tuning is told beside a usable replica', () => {
    const tuned = { status: 'completed', model_name: 'phoenix-4.5', finetune_status: 'errored' }
    expect(replica(tuned).errorMessage).toMatch(/^Tuning failed/)
    expect(replica({ ...tuned, error_message: 'Poor light' }).errorMessage).toBe('Poor light')
    expect(replica({ ...tuned, finetune_status: 'completed' }).errorMessage).toBeNull()
  })
})

describe('status of a video', () => {
  test.each([
    ['queued', 'training'],
    ['generating', 'training'],
    ['ready', 'ready'],
    ['error', 'failed'],
    ['deleted', 'deleted'],
    ['completed', 'other']
  ])('%s is %s', (status, expected) => {
    expect(video({ status }).status).toBe(expected)
  })

  test('the reason of a failure is where it stands', () => {
    expect(video({ status: 'error', status_details: 'a', error_details: 'b' }).errorMessage).toBe(
      'b'
    )
    expect(video({ status: 'error', status_details: 'a secret' }).errorMessage).toBe('a …')
    expect(video({ status: 'ready', status_details: 'all good' }).errorMessage).toBeNull()
  })
})

describe('fields', () => {
  test.each([
    ['37/100', 37],
    ['1/4', 25],
    ['2/3', 67],
    ['120/100', 100],
    ['37', 37],
    ['37%', 37],
    [37, 37],
    ['5/0', null],
    ['0/0', null],
    ['-3/100', null],
    ['half', null],
    [null, null],
    [undefined, null]
  ])('progress %j is %j', (value, expected) => {
    expect(readProgress(value)).toBe(expected)
  })

  test.each([
    [{ replica_type: 'user' }, 'own'],
    [{ replica_type: 'system' }, 'stock'],
    [{ face_type: 'system' }, 'stock'],
    [{ replica_type: 'guest' }, null],
    [{}, null]
  ])('%j is %s', (fields, expected) => {
    expect(replica(fields).origin).toBe(expected)
  })

  test('a row that does not say whose it is belongs to what was asked for', () => {
    const asked = { ...context, origin: 'own' } as const
    expect(readRow('replica', { replica_id: 'r1' }, asked)).toMatchObject({ origin: 'own' })
    expect(readRow('replica', { replica_id: 'r1', replica_type: 'system' }, asked)).toMatchObject({
      origin: 'stock'
    })
  })

  test.each([
    ['https://cdn.example/a.mp4', 'https://cdn.example/a.mp4'],
    ['http://127.0.0.1:4010/a.mp4', 'http://127.0.0.1:4010/a.mp4'],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['//cdn.example/a.mp4', null],
    ['', null],
    [`https://cdn.example/${'a'.repeat(9000)}`, null],
    [5, null]
  ])('thumbnail %j is %j', (thumbnail_video_url, expected) => {
    expect(replica({ thumbnail_video_url }).posterUrl).toBe(expected)
  })

  test('a picture is preferred to a video', () => {
    const both = {
      thumbnail_image_url: 'https://a.example/p',
      thumbnail_video_url: 'https://a.example/v'
    }
    expect(replica(both).posterUrl).toBe('https://a.example/p')
  })

  test('a file is played once it is finished, and never its playlist', () => {
    const files = {
      download_url: 'https://a.example/v.mp4',
      stream_url: 'https://a.example/v.m3u8'
    }
    expect(video({ ...files, status: 'ready' }).clipUrl).toBe('https://a.example/v.mp4')
    expect(video({ ...files, status: 'generating' }).clipUrl).toBeNull()
    expect(video({ stream_url: files.stream_url, status: 'ready' }).clipUrl).toBeNull()
    expect(video({ download_url: 'file:///etc/passwd', status: 'ready' })).toMatchObject({
      clipUrl: null,
      links: {}
    })
  })

  test.each([
    [{ replica_id: 'r1' }, 'r1'],
    [{ face_id: 'r2' }, 'r2'],
    [{ replica_id: '../x' }, null],
    [{ replica_id: 7 }, null],
    [{}, null]
  ])('a video of %j was made with %j', (fields, expected) => {
    expect(video(fields).parentId).toBe(expected)
  })

  test('what else is told of a replica is kept under its own name', () => {
    const told = { default_voice_id: 'v-1', finetune_status: 'tuning' }
    expect(replica(told).details).toEqual([
      { name: 'default_voice_id', value: 'v-1' },
      { name: 'finetune_status', value: 'tuning' }
    ])
    expect(replica({ default_voice_id: null, finetune_status: '' }).details).toEqual([])
  })

  test('details of any length and kind fit what is stored', () => {
    const { details } = video({
      data: { script: `\u0000a\ud800\r\n${'😀'.repeat(9000)}`, audio_url: 7, start_with_wave: 'x' },
      background_url: `https://a.example/${'b'.repeat(9000)}`
    })
    expect(assetSchema.shape.details.safeParse(details).success).toBe(true)
    expect(details.map(({ name }) => name)).toEqual(['script', 'background_url'])
    expect(details[0]?.value).not.toMatch(/\0|\r/)
    expect(video({ data: 'a script' }).details).toEqual([])
  })

  test('text of any length and kind fits what is stored', () => {
    const long = replica({
      replica_name: `\u0000a\ud800${'😀'.repeat(400)}`,
      status: 's'.repeat(300),
      model_name: 'm'.repeat(300),
      error_message: 'e'.repeat(3000)
    })
    expect(long.name).not.toMatch(/\p{Surrogate}|\0/u)
    const fields = assetSchema.pick({
      name: true,
      statusRaw: true,
      model: true,
      errorMessage: true
    })
    const { name, statusRaw, model, errorMessage } = long
    expect(fields.safeParse({ name, statusRaw, model, errorMessage }).success).toBe(true)
  })
})

describe('rows that cannot be used', () => {
  test.each([
    ['nothing', null],
    ['a list', []],
    ['no id', {}],
    ['an empty id', { replica_id: '' }],
    ['a number as id', { replica_id: 42 }],
    ['an id that climbs', { replica_id: '../replicas/x' }],
    ['an id with a query', { replica_id: 'a?hard=true' }],
    ['a long id', { replica_id: 'r'.repeat(10_000) }],
    ['dots as id', { face_id: '..' }]
  ])('%s', (_, row) => {
    expect(readRow('replica', row, context)).toBeNull()
  })
})

describe('recorded answers', () => {
  test('replicas, in the older words', async () => {
    const page = zReplicaPage.parse(await readFixture('replica-page'))
    expect(page.data?.map((row) => readRow('replica', row, context))).toMatchObject([
      {
        id: 'rf4e9d9790f0',
        name: 'Amara, spring look',
        status: 'ready',
        progress: 100,
        model: 'phoenix-4',
        origin: 'own',
        createdAt: '2026-01-14T09:14:24.120Z',
        updatedAt: '2026-01-14T13:02:51.004Z',
        posterUrl: 'https://cdn.example/amara.mp4?token=thumb-secret'
      },
      { id: 'r4f5b5ef55c8', status: 'training', statusRaw: 'started', progress: 37 },
      { id: 'r0a1b2c3d4e5', status: 'failed', errorMessage: null }
    ])
  })

  test('replicas, in the newer words', async () => {
    const page = zReplicaPage.parse(await readFixture('face-page'))
    expect(page.data?.map((row) => readRow('replica', row, context))).toMatchObject([
      {
        id: 'r90bbd427f71',
        name: 'Nadia',
        status: 'preview',
        origin: 'stock',
        posterUrl: 'https://cdn.example/nadia.png'
      }
    ])
  })

  test('videos', async () => {
    const page = zVideoPage.parse(await readFixture('video-page'))
    expect(page.data?.map((row) => readRow('video', row, context))).toMatchObject([
      {
        id: '8a4f94e736',
        name: 'Welcome',
        status: 'ready',
        createdAt: '2025-07-14T09:14:24.000Z',
        posterUrl: 'https://cdn.example/welcome.jpg',
        clipUrl: 'https://files.example/8a4f94e736/high.mp4?token=file-secret',
        parentId: 'rf4e9d9790f0',
        links: {
          hosted: 'https://watch.example/8a4f94e736',
          download: 'https://files.example/8a4f94e736/high.mp4?token=file-secret',
          stream: 'https://files.example/8a4f94e736.m3u8'
        },
        details: [
          { name: 'script', value: 'Welcome aboard.\nTake a seat.' },
          { name: 'start_with_wave', value: 'true' },
          { name: 'background_url', value: 'https://shop.example/spring' },
          { name: 'status_details', value: 'The video is ready.' }
        ]
      },
      {
        id: '1e30440cf9',
        name: '',
        status: 'failed',
        errorMessage: 'The script was refused',
        createdAt: '2024-08-28T15:27:40.824Z',
        clipUrl: null,
        links: { hosted: 'https://watch.example/1e30440cf9' },
        details: [
          { name: 'audio_url', value: 'https://sound.example/take.mp3' },
          { name: 'status_details', value: 'The script was refused' }
        ]
      }
    ])
  })
})

describe('the body of Create Replica', () => {
  const least = trainingRequest()

  test('names only what was given', () => {
    expect(zCreateReplicaBody.strict().parse(toCreateRequest(least))).toEqual({
      train_video_url: 'https://a.example/t.mp4'
    })
  })

  test('carries everything', () => {
    const all = {
      ...least,
      consentVideoUrl: 'https://a.example/c.mp4',
      callbackUrl: 'https://a.example/hook',
      replicaName: 'Priya',
      model: 'phoenix-4',
      hasGreenScreen: true
    }
    expect(zCreateReplicaBody.strict().parse(toCreateRequest(all))).toEqual({
      train_video_url: 'https://a.example/t.mp4',
      consent_video_url: 'https://a.example/c.mp4',
      callback_url: 'https://a.example/hook',
      replica_name: 'Priya',
      model_name: 'phoenix-4',
      properties: { background_green_screen: true }
    })
  })

  test('of an image has a voice in place of a video', () => {
    const image = { ...least, trainVideoUrl: null, trainImageUrl: 'https://a.example/t.png' }
    expect(toCreateRequest({ ...image, voiceName: 'anna', hasImageFix: true })).toEqual({
      train_image_url: 'https://a.example/t.png',
      voice_name: 'anna',
      auto_fix_training_image: true
    })
    expect(toCreateRequest({ ...image, voiceId: 'v1' })).toEqual({
      train_image_url: 'https://a.example/t.png',
      default_voice_id: 'v1'
    })
  })
})
