import * as z from 'zod'
import type {
  Account as AccountDocument,
  Deployment as DeploymentDocument,
  Model as ModelDocument,
  Prediction as PredictionDocument,
  Training as TrainingDocument,
  Version as VersionDocument
} from './generated/types.gen.ts'

/** A value that is wanted but never insisted on: whatever is not text counts as not told. */
const optionalText = z.string().nullish().catch(null)

/** The same for what is kept of rows that are held together: longer than any name, id or link, it counts as not told. */
const optionalShort = z.string().max(500).nullish().catch(null)

/** Whose token it is. Without a name nothing can be called one's own. Source: openapi/replicate.yaml, `Account`. */
export const accountWireSchema = z.object({ username: z.string().min(1), type: optionalText })
/** Whose token it is; see `accountWireSchema`. */
export type AccountWire = z.infer<typeof accountWireSchema>

/** A version, read tolerantly; without `id` it is unreadable. Source: openapi/replicate.yaml, `Version`. */
export const versionWireSchema = z.object({
  id: z.string().max(200),
  created_at: optionalShort,
  cog_version: optionalShort
})
/** A tolerantly read version; see `versionWireSchema`. */
export type VersionWire = z.infer<typeof versionWireSchema>

/**
 * A model, read tolerantly: the document promises no field, but one without owner and name cannot be told from
 * another. Not checked: the words of `visibility`. Source: openapi/replicate.yaml, `Model`.
 */
export const modelWireSchema = z.object({
  owner: z.string(),
  name: z.string(),
  description: optionalText,
  visibility: optionalText,
  github_url: optionalText,
  paper_url: optionalText,
  license_url: optionalText,
  run_count: z.number().int().nonnegative().nullish().catch(null),
  cover_image_url: optionalText,
  latest_version: versionWireSchema.nullish().catch(null)
})
/** A tolerantly read model; see `modelWireSchema`. */
export type ModelWire = z.infer<typeof modelWireSchema>

/**
 * A deployment and what its present release runs. A model or version in any other shape than that of its id would match none
 * and leave what runs unprotected, so such a row counts as unreadable. Source: openapi/replicate.yaml, `Deployment`.
 */
export const deploymentWireSchema = z.object({
  owner: z.string().max(200),
  name: z.string().max(200),
  current_release: z.object({
    model: z
      .string()
      .max(300)
      .regex(/^[\w.-]+\/[\w.-]+$/),
    version: z
      .string()
      .max(200)
      .regex(/^[\w-]{8,}$/)
  })
})
/** A deployment; see `deploymentWireSchema`. */
export type DeploymentWire = z.infer<typeof deploymentWireSchema>

/** What a prediction was run with. Its input and output are not read. Source: openapi/replicate.yaml, `Prediction`. */
export const predictionWireSchema = z.object({
  model: z.string().max(300),
  version: optionalShort,
  source: optionalShort
})
/** A prediction's origin; see `predictionWireSchema`. */
export type PredictionWire = z.infer<typeof predictionWireSchema>

/**
 * A prediction with what it put out, which is read only to save it. Its input and logs are not read. Source:
 * openapi/replicate.yaml, `Prediction`.
 */
export const outputRowWireSchema = predictionWireSchema.extend({ output: z.unknown().optional() })

const mostFiles = 100

/** Ids of uploaded files that a value links to, as `https://api.replicate.com/v1/files/ID`; the rest of it is not kept. */
const fileIdsIn = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value === 'string') {
    const [, id] = /^https?:\/\/[^/\s]+\/v1\/files\/([\w.-]{1,128})(?:[/?#]|$)/.exec(value) ?? []
    return id === undefined ? [] : [id]
  }
  if (typeof value !== 'object' || value === null || depth === 3) return []
  return Object.values(value)
    .slice(0, mostFiles)
    .flatMap((part) => fileIdsIn(part, depth + 1))
}

/**
 * A training: what it began from, which uploaded files it was given and, once it succeeded, what came of it. What else
 * it was given may hold tokens and is not kept. Source: openapi/replicate.yaml, `Training`; replicate.md section 7.
 */
export const trainingWireSchema = z.object({
  id: z.string().max(200),
  model: optionalShort,
  version: optionalShort,
  status: optionalShort,
  input: z.unknown().transform((input) => fileIdsIn(input).slice(0, mostFiles)),
  output: z.object({ version: optionalShort, weights: optionalShort }).nullish().catch(null)
})
/** A tolerantly read training; see `trainingWireSchema`. */
export type TrainingWire = z.infer<typeof trainingWireSchema>

/** An uploaded file, read tolerantly; without `id` it is unreadable. Source: replicate.md section 7. */
export const fileWireSchema = z.object({
  id: z.string().max(128),
  name: optionalShort,
  created_at: optionalShort
})
/** A tolerantly read uploaded file; see `fileWireSchema`. */
export type FileWire = z.infer<typeof fileWireSchema>

/**
 * A page of a list. Rows are read one by one, so that a bad one costs only itself. Without `results` it is no page.
 * `next` stays as it came, for a walk must know an end from a link that it cannot follow.
 * Source: openapi/replicate.yaml, `Page`.
 */
export const pageWireSchema = z.object({
  results: z.array(z.unknown()),
  next: z.unknown().optional()
})

type Fits<Document, Wire> =
  Exclude<keyof Wire, keyof Document> extends never
    ? { readonly [K in keyof Wire & keyof Document]: NonNullable<Document[K]> } extends Wire
      ? true
      : never
    : never

/**
 * Does not compile once a reader names a field that the API document lacks, or refuses a value it allows.
 *
 * @public for the compiler alone
 */
export const wireFitsDocument: readonly [
  Fits<Required<AccountDocument>, AccountWire>,
  Fits<Required<ModelDocument>, Omit<ModelWire, 'latest_version'>>,
  Fits<Required<VersionDocument>, VersionWire>,
  Fits<Required<PredictionDocument>, PredictionWire>,
  Fits<Required<TrainingDocument>, Omit<TrainingWire, 'input' | 'output'>>,
  Fits<Required<DeploymentDocument>, Omit<DeploymentWire, 'current_release'>>
] = [true, true, true, true, true, true]
