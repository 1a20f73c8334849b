import { describe, expect, test } from 'vitest'
import { type AppError, appErrorSchema } from '../../../shared/errors.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import { type Action, isCredible, readSaid, refusalOf, saysUnknown } from './tavus-errors.ts'

const answer = (status: number, body: unknown, contentType = 'application/json'): HttpAnswer => ({
  status,
  headers: { 'content-type': contentType },
  text: typeof body === 'string' ? body : JSON.stringify(body)
})
const page = '<!doctype html><title>Sign in</title>'
const redactText = (text: string): string => text.replaceAll('secret', '…')

describe('what a refusal means', () => {
  const refused = (status: number, said: string | null): AppError => ({
    kind: 'provider-refused',
    status,
    said
  })
  const unclear: AppError = { kind: 'outcome-unknown' }
  test.each<[number, unknown, Action, AppError]>([
    [
      401,
      { message: 'Invalid access token' },
      'read',
      { kind: 'key-rejected', said: 'Invalid access token' }
    ],
    [401, '', 'remove', { kind: 'key-rejected', said: null }],
    [403, { error: 'Forbidden' }, 'read', { kind: 'key-rejected', said: 'Forbidden' }],
    [403, { error: 'Not yours' }, 'remove', refused(403, 'Not yours')],
    [400, { error: 'Bad page' }, 'read', refused(400, 'Bad page')],
    [402, { message: 'Out of credit' }, 'create', refused(402, 'Out of credit')],
    [404, { error: 'Not found' }, 'read', refused(404, 'Not found')],
    [404, page, 'read', { kind: 'unexpected-response', where: 'not-json' }],
    [408, '', 'read', { kind: 'timed-out' }],
    [408, '', 'remove', unclear],
    [409, { error: 'Busy' }, 'rename', refused(409, 'Busy')],
    [410, { error: 'Gone' }, 'rename', refused(410, 'Gone')],
    [413, '', 'create', refused(413, null)],
    [418, page, 'create', refused(418, null)],
    [429, { message: 'Slow' }, 'read', { kind: 'rate-limited', retryAfterMs: 1000 }],
    [500, '', 'read', { kind: 'provider-down', status: 500 }],
    [503, page, 'read', { kind: 'provider-down', status: 503 }],
    [500, '', 'remove', { kind: 'provider-down', status: 500 }],
    [502, page, 'create', unclear],
    [504, '', 'rename', unclear],
    [304, '', 'read', { kind: 'unexpected-response', where: 'redirect' }],
    [302, '', 'remove', { kind: 'unexpected-response', where: 'redirect' }],
    [199, '', 'read', { kind: 'unexpected-response', where: 'incomplete' }]
  ])('%i %j to %s', (status, body, action, expected) => {
    const error = refusalOf(answer(status, body), action, redactText)
    expect(error).toEqual(expected)
    appErrorSchema.parse(error)
  })
})

describe('an answer under a wrong label', () => {
  const htmlLabel = 'text/html; charset=utf-8'

  test.each([
    ['an empty body', answer(204, '', htmlLabel), true],
    ['white space', answer(200, '\r\n', htmlLabel), true],
    ['JSON', answer(200, { replica_id: 'r1' }, htmlLabel), true],
    ['a page', answer(200, page, htmlLabel), false],
    ['a page that calls itself JSON', answer(200, page), false],
    ['words', answer(200, 'Sign in', htmlLabel), false]
  ])('%s is believed for what it is', (_what, given, isBelieved) => {
    expect(isCredible(given, () => true)).toBe(isBelieved)
  })

  test('JSON is read, and an empty 404 is an answer', () => {
    expect(readSaid(answer(400, { error: 'Bad page' }, htmlLabel))).toBe('Bad page')
    expect(saysUnknown(answer(404, '', htmlLabel), 'replica')).toBe(true)
    expect(saysUnknown(answer(404, page, htmlLabel), 'replica')).toBe(false)
  })
})

describe('fields that Create Replica complains about', () => {
  test.each([
    ['Invalid train_video_url', ['trainVideoUrl']],
    ['background_green_screen is not in your plan', ['hasGreenScreen']],
    ['A green screen needs phoenix-4', ['hasGreenScreen']],
    ['Personal replicas need a consent statement', ['subject']],
    ['Non-human replicas are not in your plan', ['subject']],
    ['consent_video_url is not reachable', ['consentVideoUrl']],
    ['The consent video is too short', ['consentVideoUrl']],
    [
      'Either train_video_url or train_image_url must be provided.',
      ['trainVideoUrl', 'trainImageUrl']
    ],
    ['Invalid train_image_url', ['trainImageUrl']],
    ['voice_name is required with an image.', ['voiceName']],
    ['Unknown default_voice_id', ['voiceId']],
    ['auto_fix_training_image is for images', ['hasImageFix']],
    ['Invalid consent_video_url', ['consentVideoUrl']],
    ['callback_url must be https', ['callbackUrl']],
    ['Invalid replica_name', ['replicaName']],
    ['face_name is too long', ['replicaName']],
    ['Invalid model_name', ['model']],
    ['The train_video_url and consent_video_url are the same', ['trainVideoUrl', 'consentVideoUrl']]
  ])('%s', (said, fields) => {
    for (const status of [400, 422]) {
      expect(refusalOf(answer(status, { error: said }), 'create', redactText)).toEqual({
        kind: 'invalid-input',
        issues: fields.map((field) => ({ field, code: 'refused-by-provider', said }))
      })
    }
  })

  test('a sentence about no field stays a refusal', () => {
    const error = refusalOf(answer(400, { error: 'Plan does not allow it' }), 'create', redactText)
    expect(error).toEqual({ kind: 'provider-refused', status: 400, said: 'Plan does not allow it' })
  })

  test('other calls have no such fields', () => {
    const error = refusalOf(answer(400, { error: 'Invalid replica_name' }), 'rename', redactText)
    expect(error.kind).toBe('provider-refused')
  })

  test('secrets and length are taken out of the sentence', () => {
    const said = `Invalid train_video_url: secret ${'x'.repeat(2000)}`
    const error = refusalOf(answer(400, { error: said }), 'create', redactText)
    expect(JSON.stringify(error)).not.toContain('secret')
    appErrorSchema.parse(error)
  })
})

test('a refusal says nothing that cannot be stored or told', () => {
  const said = `a\0b\u0007c\ud800 ${'x'.repeat(600)}`
  const error = refusalOf(answer(422, { message: said }), 'remove', redactText)
  expect(error).toEqual({
    kind: 'provider-refused',
    status: 422,
    said: `a b c\ufffd ${'x'.repeat(493)}`
  })
  expect(appErrorSchema.safeParse(error).success).toBe(true)
})

describe('where the sentence stands', () => {
  test.each([
    [{ error: 'a', message: 'b', detail: 'c' }, 'a'],
    [{ message: 'b', detail: 'c' }, 'b'],
    [{ detail: 'c' }, 'c'],
    [{ error: '', message: 'b' }, 'b'],
    [{ error: { message: 'deep' } }, 'deep'],
    [{ error: true, message: 'b' }, 'b'],
    [{ detail: [{ loc: ['body', 'model_name'], msg: 'unknown' }] }, 'body.model_name: unknown'],
    [{ error: [[[[['too deep']]]]] }, null],
    [{}, null],
    [[], null],
    ['null', null],
    ['plain words', 'plain words'],
    ['', null],
    [page, null],
    ['{"error":', '{"error":']
  ])('%j says %j', (body, expected) => {
    expect(readSaid(answer(400, body, 'text/plain'))).toBe(expected)
  })
})

describe('whether the asset is unknown', () => {
  test.each([
    ['replica', 400, { error: 'Invalid replica_id' }, true],
    ['replica', 400, { message: 'Invalid replica_uuid' }, true],
    ['replica', 400, { error: 'invalid face_id.' }, true],
    ['replica', 400, { error: 'Invalid video_id' }, false],
    ['video', 400, { error: 'Invalid video_id' }, true],
    ['video', 400, { error: 'Invalid replica_id' }, false],
    ['replica', 400, { error: 'Replica is busy' }, false],
    ['replica', 409, { error: 'Invalid replica_id' }, false],
    ['replica', 404, '', true],
    ['replica', 404, { error: 'Not found' }, true],
    ['replica', 410, '', true],
    ['replica', 404, page, false],
    ['replica', 200, { error: 'Invalid replica_id' }, false]
  ] as const)('%s: %i %j', (kind, status, body, expected) => {
    expect(saysUnknown(answer(status, body), kind)).toBe(expected)
  })
})

describe('whether a 2xx to a change can be believed', () => {
  test.each([
    ['', true],
    ['  \n', true],
    ['OK', true],
    ['{}', true],
    ['null', true],
    ['"deleted"', true],
    [page, false],
    ['{"replica_id":', false],
    ['['.repeat(100_000), false]
  ])('%#', (text, expected) => {
    expect(isCredible(answer(200, text, 'text/plain'), () => true)).toBe(expected)
  })

  test('not if it comes as a web page or speaks of another asset', () => {
    expect(isCredible(answer(200, 'Sign in', 'text/html'), () => true)).toBe(false)
    expect(isCredible(answer(200, {}), () => false)).toBe(false)
  })
})
