import { describe, expect, it } from 'vitest'
import { stillToSend, stillToShow } from './link-edits.ts'

describe('edits of a draft', () => {
  const sent = { replicaName: 'Amara', trainVideoUrl: 'https://a.example/1.mp4?sig=x' }

  it('drops a raw link as soon as main has it and the field is left', () => {
    expect(stillToShow(sent, sent, null)).toEqual({})
  })

  it('keeps a link on the screen while it is being typed', () => {
    expect(stillToShow(sent, sent, 'trainVideoUrl')).toEqual({ trainVideoUrl: sent.trainVideoUrl })
  })

  it('keeps what was typed while main was answering', () => {
    const newer = { ...sent, replicaName: 'Amara Osei' }
    expect(stillToSend(newer, sent)).toEqual({ replicaName: 'Amara Osei' })
    expect(stillToShow(newer, sent, null)).toEqual({ replicaName: 'Amara Osei' })
  })
})
