import { describe, expect, test } from 'vitest'
import { readModelName } from './model-name.ts'

const digits = '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa'
const model = 'model priya/face-lora'
const version = `version priya/face-lora:${digits}`

const read = (text: string): string => {
  const found = readModelName(text)
  if (found.kind === 'none') return found.why
  const { kind, owner, name } = found
  return found.kind === 'version'
    ? `${kind} ${owner}/${name}:${found.version}`
    : `${kind} ${owner}/${name}`
}

describe('what names a model', () => {
  test.each([
    'priya/face-lora',
    '  priya/face-lora\n',
    'priya/face-lora/',
    '"priya/face-lora"',
    '`priya/face-lora`',
    'https://replicate.com/priya/face-lora',
    'http://replicate.com/priya/face-lora',
    'HTTPS://Replicate.com/priya/face-lora',
    'replicate.com/priya/face-lora',
    'www.replicate.com/priya/face-lora',
    'https://www.replicate.com/priya/face-lora/',
    '//replicate.com/priya/face-lora',
    'https://replicate.com/priya/face-lora?prediction=abc',
    'https://replicate.com/priya/face-lora#readme',
    'replicate.com/priya/face-lora?input=json',
    'https://replicate.com/priya/face-lora/settings',
    'https://replicate.com/priya/face-lora/versions',
    'https://replicate.com/priya/face-lora/versions/',
    'https://replicate.com/priya/face-lora/api/learn-more',
    'https://replicate.com:443/priya/face-lora',
    'https://replicate.com/priya/face-lora.',
    '<https://replicate.com/priya/face-lora>',
    '(https://replicate.com/priya/face-lora)',
    '[face-lora](https://replicate.com/priya/face-lora)',
    '[face-lora](<https://replicate.com/priya/face-lora> "A face")',
    'git+https://replicate.com/priya/face-lora.git',
    'git clone https://replicate.com/priya/face-lora.git',
    '\ufeffhttps://replicate.com/priya/face-lora\u200b',
    'https://api.replicate.com/v1/models/priya/face-lora',
    'https://api.replicate.com/v1/models/priya/face-lora/',
    'https://api.replicate.com/v1/models/priya/face-lora/versions',
    'https://api.replicate.com/v1/models/priya/face-lora/predictions',
    'api.replicate.com/v1/models/priya/face-lora',
    'r8.im/priya/face-lora',
    'r8.im/priya/face-lora:latest',
    'cog push r8.im/priya/face-lora'
  ])('%j', (text) => {
    expect(read(text)).toBe(model)
  })
})

describe('what names a version', () => {
  test.each([
    `priya/face-lora:${digits}`,
    `priya/face-lora@sha256:${digits}`,
    `'priya/face-lora:${digits}',`,
    `https://replicate.com/priya/face-lora:${digits}`,
    `https://replicate.com/priya/face-lora%3A${digits}`,
    `http://www.replicate.com/priya/face-lora:${digits}/`,
    `replicate.com/priya/face-lora:${digits}?x=1#y`,
    `https://replicate.com/priya/face-lora/versions/${digits}`,
    `https://replicate.com/priya/face-lora/versions/${digits}/api`,
    `https://api.replicate.com/v1/models/priya/face-lora/versions/${digits}`,
    `https://api.replicate.com/v1/models/priya/face-lora/versions/${digits}/?a=b`,
    `r8.im/priya/face-lora@sha256:${digits}`,
    `https://r8.im/priya/face-lora@sha256:${digits}`,
    `docker pull r8.im/priya/face-lora@sha256:${digits}`,
    `$ docker run -d -p 5000:5000 --gpus=all r8.im/priya/face-lora@sha256:${digits}`,
    `[a version](https://replicate.com/priya/face-lora:${digits})`
  ])('%j', (text) => {
    expect(read(text)).toBe(version)
  })
})

describe('what names none, and why', () => {
  test.each([
    ['', 'not-a-name'],
    ['priya', 'not-a-name'],
    ['priya/', 'not-a-name'],
    ['/face-lora', 'not-a-name'],
    ['priya/face-lora/more', 'not-a-name'],
    ['priya/..', 'not-a-name'],
    ['../face-lora', 'not-a-name'],
    ['priya/face-lora:', 'not-a-name'],
    ['priya/face-lora:a:b', 'not-a-name'],
    ['priya/face-lora:a.b', 'not-a-name'],
    ['priya /face-lora', 'not-a-name'],
    ['priya/face lora', 'not-a-name'],
    ['priya/fäce', 'not-a-name'],
    ['here and/or there', 'not-a-name'],
    ['r8.im/priya', 'not-a-name'],
    ['https://replicate.com/priya/face-lora/versions/a%2Fb', 'not-a-name'],
    ['https://replicate.com/priya/a%2F..%2Fb', 'not-a-name'],
    ['https://replicate.com/priya/face-lora%00', 'not-a-name'],
    [`priya/${'x'.repeat(129)}`, 'not-a-name'],
    [`https://replicate.com/priya/${'x'.repeat(3_000)}`, 'not-a-name'],
    ['https://replicate.com/a/b https://replicate.com/c/d', 'not-a-name'],
    ['https://evil.example/priya/face-lora', 'not-replicate'],
    ['https://replicate.com.evil.example/priya/face-lora', 'not-replicate'],
    ['https://me@replicate.com/priya/face-lora', 'not-replicate'],
    ['https://replicate.com:8443/priya/face-lora', 'not-replicate'],
    ['ftp://replicate.com/priya/face-lora', 'not-replicate'],
    ['https://replicate.delivery/priya/face-lora', 'not-replicate'],
    ['https://replicate.com', 'site-page'],
    ['replicate.com/', 'site-page'],
    ['https://replicate.com/priya', 'site-page'],
    ['https://replicate.com/settings/billing', 'site-page'],
    ['replicate.com/Settings/billing', 'site-page'],
    ['https://replicate.com/explore', 'site-page'],
    ['https://replicate.com/collections/text-to-image', 'site-page'],
    ['https://replicate.com/docs/reference/http', 'site-page'],
    ['https://replicate.com/pricing', 'site-page'],
    ['https://replicate.com/account/api-tokens', 'site-page'],
    ['https://replicate.com/home', 'site-page'],
    ['https://replicate.com/blog/some-post', 'site-page'],
    ['https://replicate.com/playground/new', 'site-page'],
    ['https://replicate.com/trainings/abc', 'site-page'],
    ['https://api.replicate.com/v1/account', 'site-page'],
    ['https://api.replicate.com/v1/models', 'site-page'],
    ['https://api.replicate.com/v2/models/priya/face-lora', 'site-page'],
    ['https://replicate.com/deployments/priya/live', 'deployment-page'],
    ['https://replicate.com/deployments', 'deployment-page'],
    ['https://api.replicate.com/v1/deployments/priya/live', 'deployment-page'],
    ['https://replicate.com/p/abcdef123', 'prediction-page'],
    ['https://replicate.com/predictions/abcdef123', 'prediction-page'],
    [`https://replicate.com/predictions?version=${digits}`, 'prediction-page'],
    ['https://api.replicate.com/v1/predictions/abc', 'prediction-page']
  ])('%j: %s', (text, why) => {
    expect(read(text)).toBe(why)
  })
})
