import { failedJob, type Job } from './training.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const DAY_MS = 24 * 60 * MINUTE_MS

/** What a training ends with when the link to its video could not be downloaded in time. */
export const DOWNLOAD_LINK_ERROR =
  'There was an error downloading the training video: the link is no longer valid. Send a download link that stays valid for at least 24 hours.'

/** A person of the sample data. */
export interface ReplicaPlan {
  readonly face: string
  readonly name: string
  readonly ageDays: number
  readonly model?: string
  readonly training?: (nowMs: number) => Job
  readonly tuning?: (nowMs: number) => Job
  readonly vanishesAfterMs?: number
}

const running =
  (fromPercent: number, toPercent: number, durationMs: number, error: string | null) =>
  (startedAtMs: number): Job => ({ startedAtMs, durationMs, fromPercent, toPercent, error })

/** Sixteen people: most finished, three in training, one in preview, one failed before, one about to vanish. */
export const ownReplicas: readonly ReplicaPlan[] = [
  {
    face: 'kwabena',
    name: 'Kwabena Mensah',
    ageDays: 0.05,
    training: running(18, 100, 40 * MINUTE_MS, null)
  },
  {
    face: 'wenjing',
    name: 'Liu Wenjing',
    ageDays: 0.12,
    training: running(64, 100, 60 * SECOND_MS, null)
  },
  {
    face: 'elias',
    name: 'Elias Sandström',
    ageDays: 0.01,
    training: running(3, 9, 100 * SECOND_MS, DOWNLOAD_LINK_ERROR)
  },
  {
    face: 'solveig',
    name: 'Solveig Haugen',
    ageDays: 0.2,
    model: 'phoenix-4.5',
    tuning: running(30, 100, 25 * MINUTE_MS, null)
  },
  { face: 'adaeze', name: 'Adaeze Nwosu', ageDays: 3 },
  { face: 'aoi', name: 'Aoi Yamamoto', ageDays: 5 },
  { face: 'leila', name: 'ليلى حدّاد', ageDays: 9 },
  { face: 'matteo', name: 'Matteo Ricciardi', ageDays: 12 },
  {
    face: 'ruben',
    name: 'Rubén Ibarra',
    ageDays: 2,
    training: (nowMs) =>
      failedJob(nowMs - 2 * DAY_MS, 31, 'The footage is dark in places. Film again in even light.')
  },
  { face: 'ananya', name: 'Ananya Iyer', ageDays: 20, model: 'phoenix-4.5' },
  { face: 'piotr', name: 'Piotr Zieliński', ageDays: 34 },
  { face: 'tamar', name: 'Tamar Gelashvili', ageDays: 41, vanishesAfterMs: 4 * MINUTE_MS },
  { face: 'joao', name: 'João Tavares', ageDays: 66 },
  { face: 'aroha', name: 'Aroha Parata', ageDays: 90, model: 'phoenix-3' },
  { face: 'harjit', name: 'Harjit Singh Gill', ageDays: 133, model: 'phoenix-3' },
  { face: 'camila', name: 'Camila Ortega Núñez', ageDays: 190, model: 'phoenix-3' }
]

export const stockReplicas: readonly ReplicaPlan[] = [
  { face: 'stock-dana', name: 'Dana at the desk', ageDays: 400 },
  { face: 'stock-felix', name: 'Felix in the studio', ageDays: 401 },
  { face: 'stock-ines', name: 'Inês by the window', ageDays: 402 },
  { face: 'stock-marcus', name: 'Marcus on stage', ageDays: 430 },
  { face: 'stock-greta', name: 'Greta in the library', ageDays: 431 },
  { face: 'stock-rio', name: 'Rio outdoors', ageDays: 450, model: 'phoenix-3' },
  { face: 'stock-sunny', name: 'Sunny in the kitchen', ageDays: 451, model: 'phoenix-3' },
  { face: 'stock-theo', name: 'Theo in the classroom', ageDays: 480, model: 'phoenix-3' }
]

/** The faces of the sample data that training made a voice of. */
export const voicedFaces: readonly string[] = ['joao', 'harjit']

export const stockVoices: readonly string[] = [
  'Anna',
  'Benedikt',
  'Chiara',
  'Dmitri',
  'Esperanza',
  'Farouk'
]

/** A video of the sample data. */
export interface VideoPlan {
  readonly title: string
  readonly face: string
  readonly ageDays: number
  readonly script: string
  readonly rendering?: (nowMs: number) => Job
}

export const videoPlans: readonly VideoPlan[] = [
  {
    title: 'Spring newsletter greeting',
    face: 'adaeze',
    ageDays: 0.01,
    script: 'Hello, and thank you for staying with us through the winter.',
    rendering: running(22, 100, 90 * SECOND_MS, null)
  },
  {
    title: 'Market opening, take 2',
    face: 'aoi',
    ageDays: 0.02,
    script: 'Good morning. Here is what moved overnight.',
    rendering: running(0, 100, 6 * MINUTE_MS, null)
  },
  {
    title: 'First words',
    face: 'wenjing',
    ageDays: 0.03,
    script: 'This is the first thing I say as a replica.',
    rendering: running(0, 100, 3 * MINUTE_MS, null)
  },
  { title: 'Welcome, Nadia', face: 'adaeze', ageDays: 1, script: 'Welcome aboard, Nadia.' },
  { title: 'Welcome, Oskar', face: 'adaeze', ageDays: 1.1, script: 'Welcome aboard, Oskar.' },
  { title: 'Welcome, Priya', face: 'adaeze', ageDays: 1.2, script: 'Welcome aboard, Priya.' },
  { title: 'Welcome, Tomasz', face: 'adaeze', ageDays: 1.3, script: 'Welcome aboard, Tomasz.' },
  { title: 'Where to park', face: 'adaeze', ageDays: 1.6, script: 'Please use the north gate.' },
  { title: 'Lift out of service', face: 'adaeze', ageDays: 1.7, script: 'Please take the stairs.' },
  {
    title: 'Visitor badges explained',
    face: 'adaeze',
    ageDays: 1.9,
    script: 'Wear your badge where everybody can see it.'
  },
  {
    title: 'Opening hours',
    face: 'adaeze',
    ageDays: 2.1,
    script: 'We are here from eight to six.'
  },
  {
    title: 'Fire drill on Thursday',
    face: 'adaeze',
    ageDays: 2.3,
    script: 'On Thursday at ten we practise leaving the building.'
  },
  { title: 'Thank you, Oskar', face: 'adaeze', ageDays: 2.5, script: 'Thank you for ten years.' },
  { title: 'Sound check', face: 'adaeze', ageDays: 2.7, script: 'One, two, one, two.' },
  {
    title: 'Safety briefing',
    face: 'matteo',
    ageDays: 4,
    script: 'Before you enter the hall, please put on your helmet.'
  },
  {
    title: 'مرحبا بكم',
    face: 'leila',
    ageDays: 6,
    script: 'أهلا وسهلا بكم جميعا.'
  },
  {
    title: 'Course trailer',
    face: 'ananya',
    ageDays: 15,
    script: 'In eight short lessons you learn to read a balance sheet.'
  },
  {
    title: 'Podcast intro',
    face: 'piotr',
    ageDays: 21,
    script: 'You are listening to the long way home.',
    rendering: (nowMs) =>
      failedJob(nowMs - 21 * DAY_MS, 0, 'The script was refused by the community guidelines.')
  },
  { title: 'Te reo for beginners', face: 'aroha', ageDays: 60, script: 'Kia ora koutou.' },
  {
    title: 'Harvest festival invitation',
    face: 'harjit',
    ageDays: 88,
    script: 'We would love to see you there.'
  },
  {
    title: 'Gallery audio guide, room 3',
    face: 'camila',
    ageDays: 120,
    script: 'Step closer: the brushwork tells how fast this was painted.'
  },
  { title: 'Year in review', face: 'joao', ageDays: 64, script: 'Twelve months in sixty seconds.' }
]
