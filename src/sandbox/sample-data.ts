import {
  conversationIdFrom,
  pageIdFrom,
  personaIdFrom,
  replicaIdFrom,
  videoIdFrom,
  voiceIdFrom
} from './ids.ts'
import {
  ownReplicas,
  type ReplicaPlan,
  stockReplicas,
  stockVoices,
  type VideoPlan,
  videoPlans,
  voicedFaces
} from './sample-people.ts'
import type {
  AccountData,
  StoredConversation,
  StoredPage,
  StoredPersona,
  StoredReplica,
  StoredVideo,
  StoredVoice
} from './snapshot.ts'
import { finishedJob, type Job } from './training.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const toReplica = (plan: ReplicaPlan, type: 'user' | 'system', nowMs: number): StoredReplica => {
  const createdAtMs = Math.floor(nowMs - plan.ageDays * DAY_MS)
  const trainedAtMs = Math.min(nowMs, createdAtMs + 3.5 * HOUR_MS)
  return {
    id: replicaIdFrom(`sample ${plan.face}`),
    name: plan.name,
    type,
    model: plan.model ?? 'phoenix-4',
    createdAtMs,
    updatedAtMs: trainedAtMs,
    face: plan.face,
    training: plan.training?.(nowMs) ?? finishedJob(trainedAtMs),
    tuning: toTuning(plan, nowMs),
    originalVoiceId: voiceIdOf(plan.face),
    defaultVoiceId: voiceIdOf(plan.face),
    deletedAtMs: null,
    isHardDeleted: false,
    vanishesAtMs: plan.vanishesAfterMs === undefined ? null : nowMs + plan.vanishesAfterMs
  }
}

/** The voice that training made of a face, where the sample data has one. */
const voiceIdOf = (face: string): string | null =>
  voicedFaces.includes(face) ? voiceIdFrom(`sample ${face}`) : null

const toVoice = (
  seed: string,
  name: string,
  type: 'user' | 'system',
  ageDays: number,
  nowMs: number
): StoredVoice => ({
  id: voiceIdFrom(`sample ${seed}`),
  name,
  type,
  status: 'completed',
  description: type === 'user' ? null : 'A voice for everyone',
  tags: type === 'user' ? [] : ['stock'],
  sample: 'voice',
  error: null,
  createdAtMs: Math.floor(nowMs - ageDays * DAY_MS),
  deletedAtMs: null,
  isHardDeleted: false
})

const toTuning = (plan: ReplicaPlan, nowMs: number): Job | null => {
  if (plan.model !== 'phoenix-4.5') return null
  return plan.tuning?.(nowMs) ?? finishedJob(nowMs - plan.ageDays * DAY_MS + 4 * HOUR_MS)
}

const toVideo = (plan: VideoPlan, nowMs: number): StoredVideo => {
  const createdAtMs = Math.floor(nowMs - plan.ageDays * DAY_MS)
  return {
    id: videoIdFrom(`sample ${plan.title}`),
    name: plan.title,
    replicaId: replicaIdFrom(`sample ${plan.face}`),
    script: plan.script,
    audioUrl: null,
    createdAtMs,
    updatedAtMs: createdAtMs + 2 * MINUTE_MS,
    face: plan.face,
    rendering: plan.rendering?.(nowMs) ?? finishedJob(createdAtMs + 2 * MINUTE_MS),
    deletedAtMs: null,
    isHardDeleted: false
  }
}

const toPersona = (
  name: string,
  type: 'user' | 'system',
  face: string,
  ageDays: number,
  nowMs: number
): StoredPersona => ({
  id: personaIdFrom(`sample ${name}`),
  name,
  type,
  defaultReplicaId: replicaIdFrom(`sample ${face}`),
  voiceId: null,
  createdAtMs: Math.floor(nowMs - ageDays * DAY_MS),
  deletedAtMs: null,
  isHardDeleted: false
})

/** A landing page on the web. */
const toPage = (name: string, palId: string, ageDays: number, nowMs: number): StoredPage => {
  const createdAtMs = Math.floor(nowMs - ageDays * DAY_MS)
  return {
    id: pageIdFrom(`sample ${name}`),
    palId,
    channel: 'landing-page',
    status: 'active',
    name,
    createdAtMs,
    updatedAtMs: createdAtMs,
    deletedAtMs: null,
    isHardDeleted: false
  }
}

const smallTalk = [
  { role: 'user', content: 'Hello, can you hear me?' },
  { role: 'assistant', content: 'Yes, I can. What would you like to know?' },
  { role: 'user', content: 'When are you open on Saturdays?' },
  { role: 'assistant', content: 'From ten in the morning until four.' }
]

const toConversation = (
  name: string,
  face: string,
  status: 'active' | 'ended',
  nowMs: number,
  ageDays: number
): StoredConversation => ({
  id: conversationIdFrom(`sample ${name}`),
  name,
  status,
  replicaId: replicaIdFrom(`sample ${face}`),
  personaId: personaIdFrom('sample Front desk'),
  createdAtMs: Math.floor(nowMs - ageDays * DAY_MS),
  callbackUrl: '',
  recordingBucket: status === 'ended' && face === 'adaeze' ? 'studio-north-recordings' : null,
  transcript: status === 'ended' ? smallTalk : [],
  deletedAtMs: null,
  isHardDeleted: false
})

/** The people, videos and conversations of "Explore with sample data", placed around `nowMs`. */
export const sampleData = (nowMs: number): AccountData => ({
  idsGiven: 0,
  replicas: [
    ...ownReplicas.map((plan) => toReplica(plan, 'user', nowMs)),
    ...stockReplicas.map((plan) => toReplica(plan, 'system', nowMs))
  ],
  videos: videoPlans.map((plan) => toVideo(plan, nowMs)),
  voices: [
    ...ownReplicas
      .filter(({ face }) => voicedFaces.includes(face))
      .map(({ face, name, ageDays }) => toVoice(face, name, 'user', ageDays, nowMs)),
    ...stockVoices.map((name, index) => toVoice(name, name, 'system', 400 + index, nowMs))
  ],
  personas: [
    toPersona('Front desk', 'user', 'adaeze', 2.5, nowMs),
    toPersona('Language partner', 'user', 'leila', 8, nowMs),
    toPersona('Product guide', 'system', 'stock-dana', 410, nowMs)
  ],
  conversations: [
    toConversation('Trial run', 'adaeze', 'active', nowMs, 0.02),
    toConversation('Rehearsal with Nadia', 'adaeze', 'ended', nowMs, 0.9),
    toConversation('Front desk, first visitor', 'adaeze', 'ended', nowMs, 2.2),
    toConversation('Arabic, lesson 1', 'leila', 'ended', nowMs, 7),
    toConversation('Interview with Matteo', 'matteo', 'ended', nowMs, 11)
  ],
  pages: [toPage('Practice at home', personaIdFrom('sample Language partner'), 6, nowMs)],
  memoryStores: ['front-desk-visitors'],
  hardDeletions: [],
  deletions: []
})

const familyNames = ['Adeyemi', 'Bauer', 'Castillo', 'Demir', 'Eriksen', 'Fukuda', 'Ghosh', 'Haile']
const givenNames = ['Ana', 'Bilal', 'Chidi', 'Daria', 'Emre', 'Freya', 'Goran', 'Hana', 'Imani']

/** Made-up finished replicas (and videos) in any number, the same for the same number. */
export const generatedData = (
  count: { readonly replicas: number; readonly videos: number; readonly stock: number },
  nowMs: number
): AccountData => ({
  idsGiven: 0,
  replicas: [
    ...Array.from({ length: count.replicas }, (_, index) => generatedReplica(index, 'user', nowMs)),
    ...Array.from({ length: count.stock }, (_, index) => generatedReplica(index, 'system', nowMs))
  ],
  videos: Array.from({ length: count.videos }, (_, index) =>
    generatedVideo(index, Math.max(1, count.replicas), nowMs)
  ),
  voices: [],
  personas: [],
  conversations: [],
  pages: [],
  memoryStores: [],
  hardDeletions: [],
  deletions: []
})

const generatedReplica = (
  index: number,
  type: 'user' | 'system',
  nowMs: number
): StoredReplica => ({
  ...toReplica(
    {
      face: ownReplicas[index % ownReplicas.length]?.face ?? 'adaeze',
      name: `${givenNames[index % givenNames.length]} ${familyNames[index % familyNames.length]} ${index + 1}`,
      ageDays: 1 + index / 24
    },
    type,
    nowMs
  ),
  id: replicaIdFrom(`generated ${type} ${index}`)
})

const generatedVideo = (index: number, replicas: number, nowMs: number): StoredVideo => ({
  ...toVideo(
    {
      title: `Clip ${index + 1}`,
      face: ownReplicas[index % ownReplicas.length]?.face ?? 'adaeze',
      ageDays: 1 + index / 48,
      script: `Clip number ${index + 1}.`
    },
    nowMs
  ),
  id: videoIdFrom(`generated ${index}`),
  replicaId: replicaIdFrom(`generated user ${index % replicas}`)
})

/** An account without anything. */
export const emptyData: AccountData = {
  idsGiven: 0,
  replicas: [],
  videos: [],
  voices: [],
  personas: [],
  conversations: [],
  pages: [],
  memoryStores: [],
  hardDeletions: [],
  deletions: []
}

/** A finished video for tests, with this script; the same name gives the same id. */
export const makeVideo = (name: string, script: string, nowMs: number): StoredVideo => ({
  ...toVideo({ face: 'adaeze', title: name, ageDays: 0, script }, nowMs),
  id: videoIdFrom(`made ${name}`),
  rendering: finishedJob(nowMs)
})

/** A finished own replica for tests, to be added "elsewhere"; the same name gives the same id. */
export const makeReplica = (name: string, nowMs: number): StoredReplica => ({
  ...toReplica({ face: 'adaeze', name, ageDays: 0 }, 'user', nowMs),
  id: replicaIdFrom(`made ${name}`),
  training: finishedJob(nowMs)
})

/** An own PAL for tests that shows no face yet; the same name gives the same id. */
export const makePersona = (name: string, nowMs: number): StoredPersona => ({
  ...toPersona(name, 'user', 'none', 0, nowMs),
  id: personaIdFrom(`made ${name}`),
  defaultReplicaId: null
})

/** A finished own voice for tests; the same name gives the same id. */
export const makeVoice = (name: string, nowMs: number): StoredVoice => ({
  ...toVoice(`made ${name}`, name, 'user', 0, nowMs),
  id: voiceIdFrom(`made ${name}`)
})

/** A landing page of a PAL, on the web, for tests; the same name gives the same id. */
export const makePage = (name: string, palId: string, nowMs: number): StoredPage => ({
  ...toPage(name, palId, 0, nowMs),
  id: pageIdFrom(`made ${name}`)
})

/** An ended conversation for tests; the same name gives the same id. */
export const makeConversation = (
  name: string,
  replicaId: string,
  nowMs: number
): StoredConversation => ({
  ...toConversation(name, 'adaeze', 'ended', nowMs, 0),
  id: conversationIdFrom(`made ${name}`),
  recordingBucket: null,
  replicaId
})
