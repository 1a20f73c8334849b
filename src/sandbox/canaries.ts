/**
 * Made-up keys of other providers inside persona answers. A sweep over the app's files must never find them:
 * the app reads no more of a persona than its id, name and default replica.
 */
export const LAYER_KEY_CANARIES = {
  llm: 'sandbox-canary-llm-7c1f0e9a5b',
  tts: 'sandbox-canary-tts-2d84b6e3f1'
} as const

/** Made-up secrets in the inputs and logs of Replicate's trainings and predictions, of which the app keeps nothing. */
export const REPLICATE_CANARIES = {
  trainingInput: 'sandbox-canary-hub-5b07d2c9e4',
  predictionInput: 'sandbox-canary-input-91ae3f6d08',
  logs: 'sandbox-canary-logs-c3d85f1b27'
} as const

/** What a verbose conversation says of its participant, which the app never reads. */
export const PERCEPTION_CANARY = 'sandbox-canary-looks-8e4b19d7a2'

/** What a memory store remembers of a visitor, which the app never reads. */
export const MEMORY_CANARY = 'sandbox-canary-memory-f06c3a917d'
